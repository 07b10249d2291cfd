/** The longest text that a table holds, in bytes of UTF-8: 128 KiB, a power of 2. */
export const LONGEST_TEXT: number = 2 ** 17;
