import { isSequential } from "../../formats/is_sequential.ts";
import type { Bytes } from "../../lines/bytes.ts";

/** How many bytes of an input tell whether its lines depend on those before. */
export const HEAD_BYTES: number = 64 * 1024;

const LF = 0x0A;

/**
 * Tells by the first line of an input that is not blank whether its lines depend on those before, so that one thread
 * must read them all in their order.
 *
 * @param bytes The first bytes of the input, after decompression; only the first {@linkcode HEAD_BYTES} are looked at.
 * @returns Whether the lines of the input depend on those before.
 */
export function hasSequence(bytes: Bytes): boolean {
  const head = bytes.subarray(0, HEAD_BYTES);
  // A line that is cut off is looked at only if there is no other.
  const end = head.lastIndexOf(LF);
  const text = new TextDecoder().decode(end === -1 ? head : head.subarray(0, end));
  const first = text.split(/\r?\n/).find((line) => /[^ \t\r]/.test(line));
  return first !== undefined && isSequential(first);
}
