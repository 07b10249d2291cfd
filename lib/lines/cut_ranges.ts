import type { Bytes } from "./bytes.ts";

const LF = 0x0A;
const LOOK_BYTES = 64 * 1024;

/** Reads bytes at a place; fewer than asked for only at the end. */
export type ReadAt = (place: number, into: Bytes) => Promise<number>;

/**
 * Cuts a file into ranges of about one size, each of whole lines.
 *
 * @param size The file's size in bytes.
 * @param count How many ranges, 1 or more.
 * @param readAt Reads the file.
 * @returns Where the ranges begin, the first at 0; those at one place are empty but for the last.
 *
 * @example Two lines, two ranges
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cutRanges } from "./cut_ranges.ts";
 *
 * const file = new TextEncoder().encode("first\nsecond, a longer one\n");
 * const readAt = (place: number, into: Uint8Array) => {
 *   const read = file.subarray(place, place + into.length);
 *   into.set(read);
 *   return Promise.resolve(read.length);
 * };
 * assertEquals(await cutRanges(file.length, 2, readAt), [0, 27]);
 * assertEquals(await cutRanges(file.length, 5, readAt), [0, 6, 27, 27, 27]);
 * ```
 */
export async function cutRanges(size: number, count: number, readAt: ReadAt): Promise<number[]> {
  const starts: number[] = [];
  const bytes = new Uint8Array(LOOK_BYTES);
  for (let i = 0; i < count; i++) {
    const wanted = Math.floor(size * i / count);
    // What the range before has passed belongs to it.
    starts.push(
      wanted <= (starts.at(-1) ?? 0)
        ? starts.at(-1) ?? 0
        : await nextLine(wanted, size, { readAt, bytes }),
    );
  }
  return starts;
}

/** Where the first line begins at a place or behind it. */
async function nextLine(
  place: number,
  size: number,
  { readAt, bytes }: { readonly readAt: ReadAt; readonly bytes: Bytes },
): Promise<number> {
  for (let at = place - 1; at < size;) {
    const read = await readAt(at, bytes);
    if (read === 0) break;
    const lf = bytes.subarray(0, read).indexOf(LF);
    if (lf !== -1) return Math.min(at + lf + 1, size);
    at += read;
  }
  return size;
}
