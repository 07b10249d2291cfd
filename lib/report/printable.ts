// Characters that a terminal may obey, hide or reorder: control and format characters (ESC and
// bidirectional overrides among them), line and paragraph separators, private use and surrogates.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/**
 * Makes text from a log safe to show on a terminal: characters that could move the cursor, colour the screen,
 * reorder text or forge a line are escaped.
 *
 * @param text Any text.
 * @returns The text on one line, with `\xHH` or `\u{H…}` for each character that was not printable.
 *
 * @example A forged line
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { printable } from "./printable.ts";
 *
 * assertEquals(printable("/a\n\u001B[31m\u202E"), "/a\\x0a\\x1b[31m\\u{202e}");
 * ```
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
  });
}

/**
 * Makes a name from a log safe to show, such as a client's or a method's; an empty name is shown as `""`.
 *
 * @param name Any text.
 */
export function printableName(name: string): string {
  return name === "" ? '""' : printable(name);
}
