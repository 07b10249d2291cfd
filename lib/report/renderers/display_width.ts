// Unicode 16.0, EastAsianWidth.txt (UAX #11): the blocks whose assigned characters are W or F.
// Emoji are found by the engine's own Unicode property.
const WIDE = new RegExp(
  "[\\u1100-\\u115F\\u2329\\u232A\\u2E80-\\u303E\\u3041-\\u4DBF\\u4E00-\\uA4CF\\uA960-\\uA97C" +
    "\\uAC00-\\uD7A3\\uF900-\\uFAFF\\uFE10-\\uFE19\\uFE30-\\uFE6B\\uFF01-\\uFF60\\uFFE0-\\uFFE6" +
    "\\u{16FE0}-\\u{18DFF}\\u{1AFF0}-\\u{1B2FF}\\u{1D300}-\\u{1D376}\\u{1F200}-\\u{1F265}" +
    "\\u{20000}-\\u{3FFFD}]|\\p{Emoji_Presentation}",
  "u",
);
const ZERO_WIDTH = /[\p{Mn}\p{Me}\u1160-\u11FF]/u;
const PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * Returns how many columns a text has on a terminal.
 *
 * @param text Printable text, see `printable`.
 * @returns Columns: 2 for wide characters, 0 for combining marks, 1 for the rest.
 * @see https://www.unicode.org/reports/tr11/
 *
 * @example Narrow and wide
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { displayWidth } from "./display_width.ts";
 *
 * assertEquals(["/a", "日本", "e\u0301"].map(displayWidth), [2, 4, 1]);
 * ```
 */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

/**
 * Cuts a text to a number of columns; a text that was cut ends in `…`.
 *
 * @param text Printable text.
 * @param columns How many columns the text may have, at least 1.
 * @returns The text, or its beginning and `…`, never wider than `columns`.
 *
 * @example Cut
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cutToWidth } from "./display_width.ts";
 *
 * assertEquals(cutToWidth("/api/tasks", 6), "/api/…");
 * assertEquals(cutToWidth("日本語", 4), "日…");
 * ```
 */
export function cutToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let kept = "";
  let width = 1;
  for (const character of text) {
    width += widthOf(character);
    if (width > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Cuts a text in its middle: paths are told apart by how they begin and how they end.
 *
 * @param text Printable text.
 * @param columns How many columns the text may have, at least 1.
 * @returns The text, or its beginning, `…`, and its end, never wider than `columns`.
 *
 * @example Cut
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cutMiddle } from "./display_width.ts";
 *
 * assertEquals(cutMiddle("/api/v2/customers/476/orders", 16), "/api/v2/…/orders");
 * ```
 */
export function cutMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const characters = [...text], room = columns - 1;
  let start = 0, end = characters.length, width = 0;
  // From both ends in turn, the beginning first.
  for (let isStart = true;; isStart = !isStart) {
    width += widthOf(characters[isStart ? start : end - 1]!);
    if (width > room) break;
    if (isStart) start++;
    else end--;
  }
  // What combines with a character that is left out goes with it.
  while (end < characters.length && widthOf(characters[end]!) === 0) end++;
  while (start < end && widthOf(characters[start]!) === 0) start++;
  return `${characters.slice(0, start).join("")}…${characters.slice(end).join("")}`;
}

function widthOf(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
