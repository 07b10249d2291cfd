import { ColumnReader } from "../../formats/columns/column_reader.ts";
import type { Bytes } from "../../lines/bytes.ts";

/** How many bytes of an input tell whether its lines depend on those before. */
export const HEAD_BYTES: number = 64 * 1024;

const LF = 0x0A;

/**
 * Tells by the first lines of an input whether its lines depend on those before, so that one thread must read them
 * all in their order.
 *
 * @param bytes The first bytes of the input, after decompression; only the first {@linkcode HEAD_BYTES} are looked at.
 * @returns Whether one of the lines in them is of such a format.
 */
export function hasSequence(bytes: Bytes): boolean {
  const head = bytes.subarray(0, HEAD_BYTES);
  // A line that is cut off is looked at only if there is no other.
  const end = head.lastIndexOf(LF);
  const text = new TextDecoder().decode(end === -1 ? head : head.subarray(0, end));
  return text.split(/\r?\n/).some((line) => /[^ \t\r]/.test(line) && isSequential(line));
}

/** Whether it names the columns of the lines behind it. */
function isSequential(line: string): boolean {
  return ColumnReader.isHeader(line);
}
