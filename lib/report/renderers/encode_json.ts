// DEL and the C1 controls, which a terminal obeys; characters that reorder text (UAX #9); and U+2028 and
// U+2029, which end a line of JavaScript.
const UNSAFE = /[\x7F-\x9F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/**
 * Writes a value as JSON (RFC 8259) that is safe to show on a terminal.
 *
 * @param value A value that JSON can hold.
 * @param indent How many spaces each level is indented by; without it all is on one line.
 *
 * @example A sequence that would colour a terminal
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeJson } from "./encode_json.ts";
 *
 * assertEquals(encodeJson(["\u009B31m", "\u202E", "\x1b"]), '["\\u009b31m","\\u202e","\\u001b"]');
 * ```
 */
export function encodeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
