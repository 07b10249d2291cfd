import type { Bytes } from "../../lines/bytes.ts";
import { BYTES_PER_KEY } from "../../records/key_column.ts";
import { BYTES_PER_RECORD, RecordBatch } from "../../records/record_batch.ts";

/** Few enough for their columns to stay in the first-level cache of the processor, and many to count at once. */
const BATCH_RECORDS = 512;

/**
 * The addresses of registers, each of at most 8 bytes: the row behind the last one that was written; where the line
 * ends that was read last, if it is irregular, or 0; and whether the line that is being read is regular so far.
 */
export const NEXT_ROW = 0, IRREGULAR_END = 8, IS_REGULAR = 16;
/** The day that was taken up last: its first eight bytes, its other two, and when it begins. */
export const DAY = 32, DAY_REST = 40, DAY_US = 48;
/** The same of a day like 25/Nov/2026: its first eight bytes, its last four, and when it begins. */
export const CLF_DAY = 96, CLF_DAY_REST = 104, CLF_DAY_US = 112;
/** The zone that was read last: six bytes like ` +0000`, and in the other two its minutes. */
export const CLF_ZONE = 120;
/** The address to which the next key is decoded that does not stand in its line as it is. */
export const KEYS_END = 24;
/** The layout of the line that was read last. */
export const LAST_LAYOUT = 80;
/** The byte that is the key where a line tells none: `-`. */
export const NO_KEY_AT = 88;
/** Of the memo: how many keys it has, which bits of a mix tell the place of a key, and where the keys end. */
export const MEMO_SIZE = 56, MEMO_MASK = 64, MEMO_END = 72;

/**
 * Sixteen bytes of ones, and behind them sixteen of zeros. The sixteen bytes at `ONES_AT + 16 - n` are a mask for
 * `n` bytes.
 */
export const ONES_AT = 128;
/** How many layouts are known at most. */
export const MAX_LAYOUTS = 16;
/** How many lines each layout had of late, four bytes each. */
export const USES_AT = 160;
const BATCH_AT = USES_AT + 4 * MAX_LAYOUTS;
/** The address of the block of lines. */
export const BLOCK_AT: number = BATCH_AT + BATCH_RECORDS * (BYTES_PER_RECORD + BYTES_PER_KEY);
/** How many bytes a block has at most: as many as are read from a file at once. */
export const BLOCK_BYTES: number = 256 * 1024;

/** How many bytes of a line are read at once at most, perhaps beyond its end: so many are free behind the block. */
export const MARGIN_BYTES = 64;
const PAGE_BYTES = 65_536;
/** The address of the keys that were decoded. */
export const KEYS_AT: number = BLOCK_AT + BLOCK_BYTES + MARGIN_BYTES;
/** How many bytes the decoded keys have at most. */
export const KEYS_BYTES: number = 2 ** 16;
/** The address of the memo's hash table. */
export const TABLE_AT: number = toPages(KEYS_AT + KEYS_BYTES + MARGIN_BYTES) * PAGE_BYTES;
/** How many places the hash table has at most, each of 8 bytes. */
export const MAX_PLACES: number = 2 ** 18;
/** The address of the memo's keys. */
export const MEMO_AT: number = TABLE_AT + 8 * MAX_PLACES;
/** How many bytes the memo's keys have at most. */
export const MEMO_BYTES: number = 2 ** 23;

/** The memory of compiled code: registers, the columns of a batch, a block of lines, decoded keys, and the memo. */
export class ReaderMemory {
  /** The memory. */
  readonly memory: WebAssembly.Memory = newMemory();
  readonly #buffer = this.memory.buffer as ArrayBuffer;
  /** The records of lines of the block, whose texts are in {@linkcode bytes}. */
  readonly batch: RecordBatch;
  /** The memory as bytes. */
  readonly bytes: Bytes = new Uint8Array(this.#buffer);
  /** The memory as numbers. */
  readonly view: DataView = new DataView(this.#buffer);

  /** Makes a memory with no lines in it, which has user agents or not. */
  constructor(keepsAgents: boolean) {
    const place = { buffer: this.#buffer, start: BATCH_AT };
    this.batch = new RecordBatch(BATCH_RECORDS, { ...place, keepsAgents });
    this.batch.bytes = this.bytes;
    this.bytes.fill(0xFF, ONES_AT, ONES_AT + 16);
    this.bytes[NO_KEY_AT] = 0x2D;
    // No day was taken up yet: no two bytes are equal to this.
    this.view.setInt32(DAY_REST, -1, true);
    // No four bytes of a day are that.
    this.view.setInt32(CLF_DAY_REST, -1, true);
    this.bytes.set(new TextEncoder().encode(" +0000"), CLF_ZONE);
    this.view.setInt32(MEMO_END, MEMO_AT, true);
    this.view.setInt32(KEYS_END, KEYS_AT, true);
  }
}

/** Makes it as large as it may ever be: a page that is never touched takes no memory. */
function newMemory(): WebAssembly.Memory {
  const pages = toPages(MEMO_AT + MEMO_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

function toPages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
