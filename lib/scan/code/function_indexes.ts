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
/** The code unit of an escape at an address. */
export const UNIT_AT = 4;
/** Copies a character from an address to another: how many bytes it has, or 0 if it is none. */
export const COPY_CHARACTER = 5;
/** Writes a code point to an address: where it ends. */
export const WRITE_CODE = 6;
/** Of where a text begins and ends: writes what it stands for to an address, and gives where it ends, or 0. */
export const UNESCAPE = 7;
/** The number that two digits at an address are, above 99 if they are none. */
export const TWO_DIGITS = 8;
/** Of where a key begins, its most bytes and its place in a column: where it ends, or −1. */
export const READ_KEY = 9;

/**
 * These read a value at an address, and write what it is into a row: they give the address behind it, or
 * −1 if it is not taken.
 */
export const READ_METHOD = 10, READ_ENDPOINT = 11, READ_IP = 12, READ_STATUS = 13;
/** These too; the last two have nothing to write. */
export const READ_RESPONSE_TIME = 14, READ_TIMESTAMP = 15, READ_TEXT = 16, READ_NUMBER = 17;

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
