/**
 * Which functions the code that reads lines has: by these numbers they call each other.
 *
 * @module
 */

/** Imported: takes up the day that begins at an address; whether it is one. */
export const TAKE_DAY = 0;
/** Imported: whether the escapes of a text, from one address to another, are some. */
export const IS_TEXT = 1;
/** How many parameters those have that are imported. */
export const IMPORTED: readonly number[] = [1, 2];

/** Where the quote is that ends the text that begins at an address, or −1. */
export const SKIP_TEXT = 2;
/** The number that two digits at an address are, above 99 if they are none. */
export const TWO_DIGITS = 3;
/** Of where a key begins, its most bytes, and where its mix goes: where it ends, or −1. */
export const READ_KEY = 4;

/**
 * These read a value at an address, and write what it is into a row: they give the address behind it, or
 * −1 if it is not taken.
 */
export const READ_METHOD = 5, READ_ENDPOINT = 6, READ_IP = 7, READ_STATUS = 8;
/** These too; the last two have nothing to write. */
export const READ_RESPONSE_TIME = 9, READ_TIMESTAMP = 10, READ_TEXT = 11, READ_NUMBER = 12;
