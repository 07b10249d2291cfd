import { printable } from "../../report/printable.ts";

/**
 * Prints a line on stderr. If it cannot be written, as on a full disk, it is dropped without an error.
 *
 * @param line The line, without its terminator.
 */
export function say(line: string): void {
  try {
    console.error(line);
  } catch (error) {
    // Deno throws the system's error.
    if (!(error instanceof Error)) throw error;
  }
}

const LONGEST = 30;

/** Returns the first 30 characters of a text from outside, safe to show on a terminal. */
export function quote(text: string): string {
  // A character has at most two units of UTF-16, so none of the first 30 is cut in two.
  const characters = [...text.slice(0, 2 * LONGEST + 2)];
  if (characters.length <= LONGEST) return printable(text);
  return `${printable(characters.slice(0, LONGEST).join(""))}…`;
}
