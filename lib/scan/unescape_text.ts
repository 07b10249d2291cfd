const BACKSLASH = 0x5C, REPLACEMENT = 0xFFFD;
const UNICODE_ESCAPE = "u".charCodeAt(0);
/** The other escapes of JSON (RFC 8259, section 7), and what they stand for. */
const ESCAPES = new Uint8Array(128);
for (const [i, letter] of [...'"\\/bfnrt'].entries()) {
  ESCAPES[letter.charCodeAt(0)] = '"\\/\b\f\n\r\t'.charCodeAt(i);
}
/** The least code point that takes so many bytes more. */
const LEAST_CODE = [0, 0x80, 0x800, 0x10000] as const;

/**
 * Writes what the text of a JSON string stands for: escapes become what they mean, and half a surrogate pair
 * becomes U+FFFD. It never has more bytes than the text.
 *
 * @param bytes Where the text is, whose escapes are some.
 * @param start Where it begins.
 * @param end Where it ends.
 * @param into Where to write, UTF-8.
 * @returns How many bytes were written, or −1 if the text is no well-formed UTF-8 (Unicode 16.0, table 3-7).
 *
 * @example A letter
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unescapeText } from "./unescape_text.ts";
 *
 * const bytes = new TextEncoder().encode("/caf\\u00e9"), into = new Uint8Array(16);
 * const length = unescapeText(bytes, 0, bytes.length, into);
 * assertEquals(new TextDecoder().decode(into.subarray(0, length)), "/café");
 * ```
 */
export function unescapeText(
  bytes: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
): number {
  let length = 0;
  for (let at = start; at < end;) {
    const byte = bytes[at]!;
    if (byte >= 0x80) {
      const more = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
      if (!isCharacter(bytes, at, end, more)) return -1;
      for (let i = 0; i <= more; i++) into[length++] = bytes[at++]!;
    } else if (byte !== BACKSLASH) {
      into[length++] = byte;
      at++;
    } else if (bytes[at + 1] !== UNICODE_ESCAPE) {
      into[length++] = ESCAPES[bytes[at + 1]!]!;
      at += 2;
    } else {
      let code = unitAt(bytes, at);
      at += 6;
      if (code >= 0xD800 && code < 0xE000) {
        const low = isEscapedUnit(bytes, at, end) ? unitAt(bytes, at) : 0;
        const isPair = code < 0xDC00 && low >= 0xDC00 && low < 0xE000;
        if (isPair) at += 6;
        code = isPair ? 0x10000 + (code - 0xD800 << 10) + (low - 0xDC00) : REPLACEMENT;
      }
      length = writeCode(code, into, length);
    }
  }
  return length;
}

/** Whether so many bytes more make up a character with the one at a place. */
function isCharacter(bytes: Uint8Array, at: number, end: number, more: number): boolean {
  if (bytes[at]! < 0xC2 || bytes[at]! > 0xF4 || at + more >= end) return false;
  let code = bytes[at]! & 0x3F >> more;
  for (let i = 1; i <= more; i++) {
    const byte = bytes[at + i]!;
    if ((byte & 0xC0) !== 0x80) return false;
    code = code << 6 | byte & 0x3F;
  }
  return code >= LEAST_CODE[more]! && code <= 0x10FFFF && (code < 0xD800 || code >= 0xE000);
}

function isEscapedUnit(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 6 <= end && bytes[at] === BACKSLASH && bytes[at + 1] === UNICODE_ESCAPE;
}

/** The four hexadecimal digits of an escape. */
function unitAt(bytes: Uint8Array, at: number): number {
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = bytes[i]!;
    unit = unit << 4 | (digit < 0x40 ? digit & 0xF : (digit & 0x1F) + 9);
  }
  return unit;
}

/** Writes a code point in UTF-8; returns where the next goes. */
function writeCode(code: number, into: Uint8Array, start: number): number {
  let at = start;
  if (code < 0x80) {
    into[at++] = code;
    return at;
  }
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  into[at++] = 0xF00 >> more + 1 & 0xFF | code >> 6 * more;
  for (let i = more - 1; i >= 0; i--) into[at++] = 0x80 | code >> 6 * i & 0x3F;
  return at;
}
