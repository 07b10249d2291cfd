import { longerBuffer } from "./buffers.ts";

/** The fields of a row: the segment of its block, the block's start in it and length, and the bytes in use. */
const SEGMENT = 0, START = 1, ROOM = 2, SIZE = 3, FIELDS = 4;
/** A new segment is as long as all others together, within these limits; longer if a block needs it. */
const SHORTEST_SEGMENT = 2 ** 12, LONGEST_SEGMENT = 2 ** 20;
const MIN_ROOM = 16;
/** The longest block, in bytes, that a row keeps when it is cleared. */
const MAX_KEPT = 256;

/** The fields of a `ByteBlocks` as typed arrays, to transfer to another thread. */
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
 * A block of bytes for each row; rows are small integers from 0 on. Blocks are in segments of at most 1 MiB,
 * or longer for one block that needs it. A row that outgrows its block gets a longer one elsewhere. When
 * space is needed, a segment of which a quarter is unused is compacted in place. No segment is ever copied:
 * during the copy, many megabytes would be in memory twice.
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

  /** Makes blocks of the fields of others. */
  static ofParts(parts: ByteBlocksParts): ByteBlocks {
    const made = new ByteBlocks();
    made.#rows = parts.rows;
    made.#segments = [...parts.segments];
    made.#ends = [...parts.ends];
    made.#live = [...parts.live];
    made.#current = made.#segments.length - 1;
    return made;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): ByteBlocksParts {
    return { rows: this.#rows, segments: this.#segments, ends: this.#ends, live: this.#live };
  }

  /** The segment of a row's block; valid until the row is written. */
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
   * @param bytes The new bytes are its first `size` bytes.
   * @param size How many bytes to write.
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

  /** Gives a row a block of `size` bytes, and an eighth more, as it is likely to grow. */
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

  /** Returns a segment with `room` free bytes at its end: one that it compacts, or a new one. */
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

  /** Compacts a segment: moves its blocks to the front. */
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
