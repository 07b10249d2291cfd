import type { Bytes } from "./bytes.ts";

const LF = 0x0A;
const LOOK_BYTES = 64 * 1024;

/** Reads bytes at offset `place` into a buffer; returns how many, fewer than fit only at the end of the file. */
export type ReadAt = (place: number, into: Bytes) => Promise<number>;

/**
 * Cuts a file into ranges of about equal size, each of whole lines.
 *
 * @param size The file's size in bytes.
 * @param count How many ranges, 1 or more.
 * @param readAt Reads the file.
 * @returns The offsets at which the ranges begin, the first 0. Of several ranges at one offset, all but the
 * last are empty; so is a range that begins at `size`.
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
    const wanted = i === 0 ? 0 : Math.floor(size * i / count);
    // After a long line the range before may begin behind `wanted`. It is empty then, and this one begins there.
    starts.push(
      wanted <= (starts.at(-1) ?? 0)
        ? starts.at(-1) ?? 0
        : await nextLine(wanted, size, { readAt, bytes }),
    );
  }
  return starts;
}

/** Returns the offset of the first line that begins at `place` or behind it; `size` if there is none. */
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
