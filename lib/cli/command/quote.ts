import { printable } from "../../report/printable.ts";

const LONGEST = 30;

/** The first 30 characters of a text that came from outside, safe to show on a terminal. */
export function quote(text: string): string {
  // Twice as many units as characters are wanted, so that none is cut in two.
  const characters = [...text.slice(0, 2 * LONGEST + 2)];
  if (characters.length <= LONGEST) return printable(text);
  return `${printable(characters.slice(0, LONGEST).join(""))}…`;
}
