/**
 * Which functions the code that reads lines has: by these numbers they call each other.
 *
 * @module
 */

/** Imported: takes up the day that begins at an address; whether it is one. */
export const TAKE_DAY = 0;
/** How many parameters those have that are imported. */
export const IMPORTED: readonly number[] = [1];

/** The mix of a key, from one address to another. */
export const MIX_KEY = 1;

/** In code that reads lines: where the quote is that ends the text that begins at an address, or −1. */
export const SKIP_TEXT = 2;
/** Where the escape ends that begins at an address, or −1. */
export const SKIP_ESCAPE = 3;
/** The number that two digits at an address are, above 99 if they are none. */
export const TWO_DIGITS = 4;
/** Of where a key begins, its most bytes and its place in a column: where it ends, or −1. */
export const READ_KEY = 5;

/**
 * These read a value at an address, and write what it is into a row: they give the address behind it, or
 * −1 if it is not taken.
 */
export const READ_METHOD = 6, READ_ENDPOINT = 7, READ_IP = 8, READ_STATUS = 9;
/** These too; the last two have nothing to write. */
export const READ_RESPONSE_TIME = 10, READ_TIMESTAMP = 11, READ_TEXT = 12, READ_NUMBER = 13;

/** In code of the memo: whether the key at an address there is one, of its start and its length and kind. */
export const IS_KEY = 2;
/** Of a key, its start, its mix, and its length and kind: its address in the memo, or 0. */
export const FIND_KEY = 3;
/** Puts a key of the memo into its table. */
export const ENTER_KEY = 4;
/** Makes the table larger, or forgets all keys where it cannot be, so that so many bytes have room. */
export const MAKE_ROOM = 5;
/** Writes a key behind all others: of its start, its mix, and its length and kind; gives its address. */
export const APPEND_KEY = 6;
