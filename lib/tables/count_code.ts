/** A byte up to this is a count; 0 stands for a place without any. */
const MAX_SMALL = 251;
/** Bytes that announce a number: how many places have no count, or a count of two, four or seven bytes. */
const GAP = 252, PAIR = 253, QUAD = 254, LARGE = 255;
/** How many bytes each of them announces. */
const WIDTHS = [2, 2, 4, 7] as const;
/** The longest gap in one piece, and the shortest that is worth one. */
const LONGEST_GAP = 2 ** 16 - 1, SHORTEST_GAP = 4;

/**
 * Writes counts at consecutive places, many of them 0, in few bytes, and reads them: a byte a count up to
 * 251, three for one up to 65,535, five or eight for a larger, and three for up to 65,535 places without
 * any. The first place and the last have a count.
 *
 * Counts are exact to 2^53. The same counts have the same bytes.
 *
 * @example Three counts, far apart
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CountCode } from "./count_code.ts";
 *
 * const code = new CountCode();
 * code.open(1000);
 * code.counts[0] = code.counts[1] = 1;
 * code.counts[999] = 500;
 * const bytes = code.bytes.slice(0, code.write());
 * assertEquals([...bytes], [1, 1, 252, 997 % 256, 997 >> 8, 253, 500 % 256, 500 >> 8]);
 * assertEquals(CountCode.increase(bytes, { start: 0, end: bytes.length, at: 999 }, 7), true);
 * assertEquals([...CountCode.entries(bytes, 0, bytes.length)], [[0, 1], [1, 1], [999, 507]]);
 * ```
 */
export class CountCode {
  /** The counts that are about to be written. */
  counts: Float64Array<ArrayBuffer> = new Float64Array();
  /** What they were written to. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  #length = 0;

  /** Begins with so many counts, all 0. */
  open(length: number): void {
    this.#length = length;
    if (length <= this.counts.length) return;
    this.counts = new Float64Array(length);
    this.bytes = new Uint8Array((1 + WIDTHS[LARGE - GAP]!) * length);
  }

  /** Adds the counts that stand in bytes, the first of them to the one at a place. */
  addAll(bytes: Uint8Array, start: number, end: number, first: number): void {
    const { counts } = this;
    for (let i = start, at = first; i < end;) {
      const code = bytes[i++]!;
      if (code <= MAX_SMALL) {
        counts[at++]! += code;
        continue;
      }
      if (code <= PAIR) {
        const number = bytes[i]! + 256 * bytes[i + 1]!;
        i += 2;
        if (code === GAP) at += number;
        else counts[at++]! += number;
        continue;
      }
      counts[at++]! += readNumber(bytes, i, code);
      i += WIDTHS[code - GAP]!;
    }
  }

  /** Writes the counts, and has them be 0; tells how many bytes they take. */
  write(): number {
    const { counts, bytes } = this, length = this.#length;
    let end = 0, zeros = 0;
    for (let at = 0; at < length;) {
      const count = counts[at]!;
      if (count <= MAX_SMALL) {
        bytes[end++] = count;
        counts[at++] = 0;
        // Without a branch that depends on the count, which would be mispredicted often.
        zeros = (zeros + 1) * Number(count === 0);
        if (zeros < SHORTEST_GAP) continue;
        // The last are written as zeros already.
        const start = at - SHORTEST_GAP;
        while (counts[at] === 0) at++;
        end = writeGap(bytes, end - SHORTEST_GAP, at - start);
        zeros = 0;
        continue;
      }
      counts[at++] = zeros = 0;
      if (count < 2 ** 16) {
        bytes[end] = PAIR;
        bytes[end + 1] = count & 0xFF;
        bytes[end + 2] = count >>> 8;
        end += 3;
        continue;
      }
      const code = codeOf(count);
      bytes[end] = code;
      writeNumber(bytes, end + 1, code, count);
      end += 1 + WIDTHS[code - GAP]!;
    }
    return end;
  }

  /**
   * Adds to a count where it stands, if there is one and it needs no more bytes for that.
   *
   * @param bytes Where counts are written.
   * @param place From where to where they are, and which of them is added to.
   * @param count How much is added.
   * @returns Whether it was added.
   */
  static increase(
    bytes: Uint8Array,
    { start, end, at }: Readonly<Record<"start" | "end" | "at", number>>,
    count: number,
  ): boolean {
    let place = 0;
    for (let i = start; i < end && place <= at;) {
      const code = bytes[i]!;
      if (code <= MAX_SMALL) {
        if (place++ < at) {
          i++;
          continue;
        }
        if (code === 0 || code + count > MAX_SMALL) return false;
        bytes[i] = code + count;
        return true;
      }
      const number = readNumber(bytes, i + 1, code);
      if (code === GAP) {
        place += number;
      } else if (place++ === at) {
        if (codeOf(number + count) !== code) return false;
        writeNumber(bytes, i + 1, code, number + count);
        return true;
      }
      i += 1 + WIDTHS[code - GAP]!;
    }
    return false;
  }

  /**
   * The first places up to which there are so many, with all before; the last if there are not.
   *
   * @param bytes Where counts are written, at least one.
   * @param start Where they begin.
   * @param end Where they end.
   * @param ranks How many; if they ascend, the counts are gone through once for all.
   */
  static placesOf(
    bytes: Uint8Array,
    start: number,
    end: number,
    ranks: readonly number[],
  ): number[] {
    const places: number[] = [];
    // The count that was read last is at `place`; so many were seen up to there.
    let i = start, place = -1, seen = 0, before = -Infinity;
    for (const rank of ranks) {
      if (rank < before) [i, place, seen] = [start, -1, 0];
      before = rank;
      while (i < end && (place === -1 || seen < rank)) {
        const code = bytes[i++]!;
        if (code <= MAX_SMALL) {
          seen += code;
          place++;
          continue;
        }
        const number = readNumber(bytes, i, code);
        i += WIDTHS[code - GAP]!;
        if (code === GAP) {
          place += number;
        } else {
          seen += number;
          place++;
        }
      }
      places.push(place);
    }
    return places;
  }

  /** The counts that are not 0, and their places, the first of them 0. */
  static *entries(
    bytes: Uint8Array,
    start: number,
    end: number,
  ): Generator<[place: number, count: number]> {
    let place = 0;
    for (let i = start; i < end;) {
      const code = bytes[i++]!, isSmall = code <= MAX_SMALL;
      const number = isSmall ? code : readNumber(bytes, i, code);
      if (!isSmall) i += WIDTHS[code - GAP]!;
      if (code === GAP) {
        place += number;
        continue;
      }
      if (number > 0) yield [place, number];
      place++;
    }
  }
}

/** What announces a count above the small ones. */
function codeOf(count: number): number {
  return count < 2 ** 16 ? PAIR : count < 2 ** 32 ? QUAD : LARGE;
}

function readNumber(bytes: Uint8Array, at: number, code: number): number {
  let number = 0;
  for (let i = at + WIDTHS[code - GAP]! - 1; i >= at; i--) number = number * 256 + bytes[i]!;
  return number;
}

function writeNumber(bytes: Uint8Array, at: number, code: number, number: number): void {
  const width = WIDTHS[code - GAP]!;
  for (let i = 0, rest = number; i < width; i++) {
    bytes[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Writes that so many places have no count; tells where that ends. */
function writeGap(bytes: Uint8Array, start: number, places: number): number {
  let end = start, left = places;
  for (; left >= SHORTEST_GAP; end += 3) {
    const gap = Math.min(left, LONGEST_GAP);
    bytes[end] = GAP;
    writeNumber(bytes, end + 1, GAP, gap);
    left -= gap;
  }
  for (; left > 0; left--) bytes[end++] = 0;
  return end;
}
