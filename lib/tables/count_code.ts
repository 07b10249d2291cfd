/** A byte up to this is a count; 0 is a place without one. */
const MAX_SMALL = 251;
/** Bytes before a longer number: the length of a gap, or a count of two, four or seven bytes. */
const GAP = 252, PAIR = 253, QUAD = 254, LARGE = 255;
/** How many bytes follow each of them. */
const WIDTHS = [2, 2, 4, 7] as const;
/** A gap is a run of places without a count: the longest that is written at once, and the shortest. */
const LONGEST_GAP = 2 ** 16 - 1, SHORTEST_GAP = 4;

/**
 * Encodes counts at consecutive places, many of them 0, in few bytes, and decodes them: one byte for a count
 * up to 251, three up to 65,535, five or eight for a larger one, and three for up to 65,535 places without a
 * count. The first place and the last have a count.
 *
 * Counts are exact to 2^53. Equal counts have equal bytes.
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
  /** The counts that {@linkcode write} encodes. */
  counts: Float64Array<ArrayBuffer> = new Float64Array();
  /** The encoded counts, once they are written. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  #length = 0;

  /** Starts with `length` counts, all 0. */
  open(length: number): void {
    this.#length = length;
    if (length <= this.counts.length) return;
    this.counts = new Float64Array(length);
    this.bytes = new Uint8Array((1 + WIDTHS[LARGE - GAP]!) * length);
  }

  /** Adds the counts encoded in `bytes`, from `start` to `end`, to those from place `first` on. */
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

  /** Encodes the counts, and resets them to 0. Returns how many bytes they take. */
  write(): number {
    const { counts, bytes } = this, length = this.#length;
    let end = 0, zeros = 0;
    for (let at = 0; at < length;) {
      const count = counts[at]!;
      if (count <= MAX_SMALL) {
        bytes[end++] = count;
        counts[at++] = 0;
        // No branch depends on the count: it would often be mispredicted.
        zeros = (zeros + 1) * Number(count === 0);
        if (zeros < SHORTEST_GAP) continue;
        // The first zeros of the gap are written already; the gap overwrites them.
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
   * Adds to an encoded count in place, if there is one and it then needs no more bytes.
   *
   * @param bytes The encoded counts.
   * @param place Where they start and end in `bytes`, and the place `at` of the count.
   * @param count How much to add.
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
   * Finds, for each rank, the first place up to which the counts add up to at least the rank; the last place
   * if the sum of all is less.
   *
   * @param bytes The encoded counts, at least one.
   * @param start Where they start.
   * @param end Where they end.
   * @param ranks The ranks; if they ascend, the counts are decoded once for all.
   * @returns The place of each rank; the first place is 0.
   */
  static placesOf(
    bytes: Uint8Array,
    start: number,
    end: number,
    ranks: readonly number[],
  ): number[] {
    const places: number[] = [];
    // `place` is the place that was read last, `seen` the sum of the counts up to it.
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

  /** The encoded counts that are not 0, with their places; the first place is 0. */
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

/** The byte before a count above `MAX_SMALL`. */
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

/** Writes a gap of `places` places from `start` on; returns where it ends. */
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
