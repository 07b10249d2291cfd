import type { LogRecord } from "../../schema.ts";
import { hasTarget } from "./absent_values.ts";

/** How many bytes of an endpoint are kept; endpoints that differ only behind them count as one. */
export const ENDPOINT_BYTES = 1024;

/** How many bytes of a client's address, or of a method, are kept. */
export const NAME_BYTES = 128;

/** How many bytes of a user agent are kept, where a condition asks for it. */
export const AGENT_BYTES = 1024;

/**
 * Limits the keys of a record: its endpoint, client and method. A key that is too long counts as its first
 * {@linkcode ENDPOINT_BYTES} or {@linkcode NAME_BYTES} bytes and `…`, so that memory is bounded.
 *
 * @param record The record.
 * @returns The same record if no key is too long; else a copy with the keys cut. If the endpoint is no target,
 * that of the copy is none either.
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
 * Cuts a text to `most` bytes of UTF-8, between characters; a text that was cut ends in `…`.
 *
 * @param text A well-formed text.
 * @param most How many bytes the text may have, not counting the `…`.
 */
export function cutToBytes(text: string, most: number): string {
  // A UTF-16 unit has at most three bytes of UTF-8. Nearly all texts are short enough.
  if (text.length * 3 <= most) return text;
  const bytes = new Uint8Array(most);
  const { read, written } = new TextEncoder().encodeInto(text, bytes);
  if (read === text.length) return text;
  // Decoded, as a slice would keep the whole text in memory.
  return `${new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, written))}…`;
}
