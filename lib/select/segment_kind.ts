/** What stands for the segments of a path that name one thing of many. */
export type SegmentKind = ":id" | ":uuid" | ":hex" | ":date" | ":token";

/** How many hex digits a hex number has at least. */
const LEAST_HEX = 8;
/** How many characters a token has at least. */
const LEAST_TOKEN = 20;
const HYPHEN = 0x2D, UUID_LENGTH = 36, DATE_LENGTH = 10;
const DIGIT = 1, HEX_LETTER = 2, LOWER = 4, UPPER = 8, SYMBOL = 16;

/** For each byte, what it may be part of. */
const CLASSES = new Uint8Array(256);
for (let byte = 0x30; byte <= 0x39; byte++) CLASSES[byte] = DIGIT;
for (let byte = 0x41; byte <= 0x5A; byte++) {
  CLASSES[byte] = UPPER | (byte <= 0x46 ? HEX_LETTER : 0);
  CLASSES[byte + 0x20] = LOWER | (byte <= 0x46 ? HEX_LETTER : 0);
}
for (const symbol of "-_=+") CLASSES[symbol.charCodeAt(0)] = SYMBOL;

/**
 * Tells what stands for a segment of a path, if it names one thing of many: a number, a UUID (RFC 9562), a date
 * (`2026-03-02`), a hex number of eight digits or more with a digit from 0 to 9 and a letter, or a token: twenty
 * characters or more as base64 and base64url have them (RFC 4648), among them a digit and letters of both cases. What
 * has a dot is a name of a file.
 *
 * @param bytes The bytes that have the segment.
 * @param start Where it begins.
 * @param end Where it ends.
 *
 * @example A number
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { segmentKind } from "./segment_kind.ts";
 *
 * const kindOf = (text: string) => segmentKind(new TextEncoder().encode(text), 0, text.length);
 * assertEquals(["476", "v2", "2026-03-02", "deadbeef", "1eadbeef"].map(kindOf), [
 *   ":id", undefined, ":date", undefined, ":hex",
 * ]);
 * ```
 */
export function segmentKind(
  bytes: Uint8Array,
  start: number,
  end: number,
): SegmentKind | undefined {
  const length = end - start;
  let any = 0, digits = 0, hex = 0, hyphens = 0;
  for (let i = start; i < end; i++) {
    const found = CLASSES[bytes[i]!]!;
    if (found === 0) return undefined;
    any |= found;
    if (found & DIGIT) digits++;
    if (found & (DIGIT | HEX_LETTER)) hex++;
    if (bytes[i] === HYPHEN) hyphens++;
  }
  if (digits === 0 && length !== UUID_LENGTH) return undefined;
  if (digits === length) return ":id";
  const hasHyphens = (...places: number[]) =>
    hyphens === places.length && places.every((place) => bytes[start + place] === HYPHEN);
  if (length === DATE_LENGTH && digits === 8 && hasHyphens(4, 7)) {
    const month = twoDigits(bytes, start + 5), day = twoDigits(bytes, start + 8);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? ":date" : undefined;
  }
  if (length === UUID_LENGTH && hex === 32 && hasHyphens(8, 13, 18, 23)) return ":uuid";
  if (digits === 0) return undefined;
  if (hex === length && length >= LEAST_HEX) return ":hex";
  return length >= LEAST_TOKEN && any & LOWER && any & UPPER ? ":token" : undefined;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  return 10 * (bytes[at]! - 0x30) + bytes[at + 1]! - 0x30;
}
