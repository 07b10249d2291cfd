import type { LogRecord } from "../../schema.ts";
import { hasTarget } from "./has_target.ts";

/** How many bytes of an endpoint tell it from others. */
export const ENDPOINT_BYTES = 1024;

/** How many bytes of a client's address, or of a method, tell it from others. */
export const NAME_BYTES = 128;

/**
 * Cuts the texts of a record by which it is counted, where they are longer than memory may hold: such
 * a text counts under its beginning and `…`.
 *
 * @param record The record.
 * @returns The same record if there is nothing to cut; else one of which an endpoint that names no
 * target still names none.
 *
 * @example A long endpoint
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cutToBytes } from "./limit_keys.ts";
 *
 * assertEquals(cutToBytes("/añb", 3), "/a…");
 * assertEquals(cutToBytes("/añb", 5), "/añb");
 * ```
 */
export function limitKeys(record: LogRecord): LogRecord {
  const endpoint = cutToBytes(record.endpoint, ENDPOINT_BYTES);
  const ip = cutToBytes(record.ip, NAME_BYTES);
  const method = cutToBytes(record.method, NAME_BYTES);
  if (endpoint === record.endpoint && ip === record.ip && method === record.method) return record;
  return { ...record, ip, method, endpoint: hasTarget(record.endpoint) ? endpoint : "-" };
}

/**
 * Cuts a text to a number of bytes in UTF-8, between characters; what is cut ends in `…`.
 *
 * @param text A well-formed text.
 * @param most How many bytes it may have, not counting the `…`.
 */
export function cutToBytes(text: string, most: number): string {
  // A unit has at most three bytes; this is nearly always so.
  if (text.length * 3 <= most) return text;
  const bytes = new Uint8Array(most);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  if (read === text.length) return text;
  // Decoded, as a slice would hold on to the whole.
  return `${new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, written))}…`;
}
