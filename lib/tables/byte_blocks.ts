import { longerBuffer } from "./longer_buffer.ts";

/** The fields of a row: in which segment its block is, where it begins, how long it is, and how much of it is used. */
const SEGMENT = 0, START = 1, ROOM = 2, SIZE = 3, FIELDS = 4;
/** A segment is as long as all before it together, but for these limits, or as long as one block. */
const SHORTEST_SEGMENT = 2 ** 12, LONGEST_SEGMENT = 2 ** 20;
const MIN_ROOM = 16;
/** A row that is cleared keeps a block of at most so many bytes. */
const MAX_KEPT = 256;

/** The fields of blocks, to transfer to another thread. */
export interface ByteBlocksParts {
  /** The fields of each row. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** The segments. */
  readonly segments: readonly Uint8Array<ArrayBuffer>[];
  /** Where the last block of each segment ends. */
  readonly ends: readonly number[];
  /** How many bytes of each segment belong to a block. */
  readonly live: readonly number[];
}

/**
 * A block of bytes for each row, small integers from 0 on. Blocks stand in segments of at most 1 MiB,
 * unless one alone is longer. A block that becomes too small is left for a longer one elsewhere, and the
 * blocks of a segment move together once a quarter of it is unused. No segment is ever copied: while one of
 * many megabytes was, there would be two of them.
 *
 * Memory: 9/8 of the bytes in the blocks, 4/3 of that with what is unused, and 16 to 24 bytes a row.
 *
 * @example Two bytes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ByteBlocks } from "./byte_blocks.ts";
 *
 * const blocks = new ByteBlocks();
 * blocks.write(3, Uint8Array.of(7, 8, 9), 2);
 * const start = blocks.startOf(3), end = start + blocks.sizeOf(3);
 * assertEquals([...blocks.segmentOf(3).subarray(start, end)], [7, 8]);
 * ```
 */
export class ByteBlocks {
  #rows = new Int32Array();
  #segments: Uint8Array<ArrayBuffer>[] = [];
  #ends: number[] = [];
  #live: number[] = [];
  /** The segment that new blocks go to. */
  #current = -1;

  /** Makes blocks of the parts of some. */
  static ofParts(parts: ByteBlocksParts): ByteBlocks {
    const made = new ByteBlocks();
    made.#rows = parts.rows;
    made.#segments = [...parts.segments];
    made.#ends = [...parts.ends];
    made.#live = [...parts.live];
    made.#current = made.#segments.length - 1;
    return made;
  }

  /** The fields as typed arrays, to transfer to another thread; the blocks are of no use afterwards. */
  toParts(): ByteBlocksParts {
    return { rows: this.#rows, segments: this.#segments, ends: this.#ends, live: this.#live };
  }

  /** The segment with a row's block; another once the row is written. */
  segmentOf(row: number): Uint8Array<ArrayBuffer> {
    return this.sizeOf(row) === 0 ? NOTHING : this.#segments[this.#rows[FIELDS * row + SEGMENT]!]!;
  }

  /** Where a row's block begins in its segment. */
  startOf(row: number): number {
    return this.#rows[FIELDS * row + START] ?? 0;
  }

  /** How many bytes a row has. */
  sizeOf(row: number): number {
    return this.#rows[FIELDS * row + SIZE] ?? 0;
  }

  /**
   * Replaces the bytes of a row.
   *
   * @param row The row.
   * @param bytes Begins with the new bytes.
   * @param size How many there are.
   */
  write(row: number, bytes: Uint8Array, size: number): void {
    const field = FIELDS * row;
    if (field >= this.#rows.length) this.#reach(row);
    if (size > this.#rows[field + ROOM]!) this.#allot(row, size);
    const segment = this.#segments[this.#rows[field + SEGMENT]!]!;
    const start = this.#rows[field + START]!;
    for (let i = 0; i < size; i++) segment[start + i] = bytes[i]!;
    this.#rows[field + SIZE] = size;
  }

  /** Forgets the bytes of a row. */
  clear(row: number): void {
    if (FIELDS * row >= this.#rows.length) return;
    if (this.#rows[FIELDS * row + ROOM]! > MAX_KEPT) this.#leave(row);
    this.#rows[FIELDS * row + SIZE] = 0;
  }

  /** Gives a row a block that so many bytes fit into, and some more as it is likely to grow. */
  #allot(row: number, size: number): void {
    this.#leave(row);
    const room = Math.max(MIN_ROOM, size + (size >>> 3)), field = FIELDS * row;
    if (this.#current === -1 || !this.#hasRoom(this.#current, room)) {
      this.#current = this.#segmentFor(room);
    }
    this.#rows[field + SEGMENT] = this.#current;
    this.#rows[field + START] = this.#ends[this.#current]!;
    this.#rows[field + ROOM] = room;
    this.#ends[this.#current]! += room;
    this.#live[this.#current]! += room;
  }

  #leave(row: number): void {
    const field = FIELDS * row, room = this.#rows[field + ROOM]!;
    if (room > 0) this.#live[this.#rows[field + SEGMENT]!]! -= room;
    this.#rows[field + ROOM] = this.#rows[field + SIZE] = 0;
  }

  #hasRoom(segment: number, room: number): boolean {
    return this.#ends[segment]! + room <= this.#segments[segment]!.length;
  }

  /** A segment with room: one of which much is unused, or a new one. */
  #segmentFor(room: number): number {
    let total = 0, emptiest = -1, most = 0;
    for (const [segment, { length }] of this.#segments.entries()) {
      const unused = length - this.#live[segment]!;
      total += length;
      if (4 * unused < length || unused <= most) continue;
      [emptiest, most] = [segment, unused];
    }
    if (most >= room) {
      this.#moveTogether(emptiest);
      return emptiest;
    }
    const usual = Math.min(Math.max(total, SHORTEST_SEGMENT), LONGEST_SEGMENT);
    this.#ends.push(0);
    this.#live.push(0);
    return this.#segments.push(new Uint8Array(Math.max(usual, room))) - 1;
  }

  /** Moves the blocks of a segment to its front. */
  #moveTogether(segment: number): void {
    const rows = this.#rows, bytes = this.#segments[segment]!;
    const fields: number[] = [];
    for (let field = 0; field < rows.length; field += FIELDS) {
      if (rows[field + SEGMENT] === segment && rows[field + ROOM]! > 0) fields.push(field);
    }
    fields.sort((a, b) => rows[a + START]! - rows[b + START]!);
    let end = 0;
    for (const field of fields) {
      const start = rows[field + START]!;
      bytes.copyWithin(end, start, start + rows[field + SIZE]!);
      rows[field + START] = end;
      end += rows[field + ROOM]!;
    }
    this.#ends[segment] = end;
  }

  #reach(row: number): void {
    const rows = Math.max(row + 1, Math.ceil(1.5 * this.#rows.length / FIELDS));
    this.#rows = new Int32Array(longerBuffer(this.#rows.buffer, 4 * FIELDS * rows));
  }
}

const NOTHING = new Uint8Array();
