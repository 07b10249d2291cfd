import type { Bytes } from "../../lines/bytes.ts";
import { BYTES_PER_RECORD, RecordBatch } from "../../records/record_batch.ts";

/** Few enough for their columns to stay in the processor's nearest cache, and many to be counted at once. */
const BATCH_RECORDS = 512;

/** Where a reader's registers are, each of at most 8 bytes. */
export const NEXT_ROW = 0, IRREGULAR_END = 8, IS_REGULAR = 16;
/** The first eight bytes of a day, its other two, and when it begins. */
export const DAY = 32, DAY_REST = 40, DAY_US = 48;
/** Where the next key goes that is not written as it stands in its line. */
export const KEYS_END = 24;
/** Which layout the line had that was read last. */
export const LAST_LAYOUT = 80;
/** Of the memo: how many keys are in it, which bits tell their places, and where they end. */
export const MEMO_SIZE = 56, MEMO_MASK = 64, MEMO_END = 72;

/** Sixteen bytes of ones and sixteen of zeros: from any address between, ones for as many bytes as are left. */
export const ONES_AT = 96;
/** The most layouts that lines may have. */
export const MAX_LAYOUTS = 16;
/** How often each layout was of use of late, four bytes each; {@linkcode LAST_LAYOUT} is which was the last. */
export const USES_AT = 128;
const BATCH_AT = USES_AT + 4 * MAX_LAYOUTS;
/** Where the block begins. */
export const BLOCK_AT: number = BATCH_AT + BATCH_RECORDS * BYTES_PER_RECORD;
/** The most bytes of whole lines that a block may have: as many as are read from a file at once. */
export const BLOCK_BYTES: number = 256 * 1024;

/** Lines are looked at up to so many bytes at a time, behind the last of them too. */
const MARGIN_BYTES = 64;
const PAGE_BYTES = 65_536;
/** Where keys go that do not stand in their lines. */
export const KEYS_AT: number = BLOCK_AT + BLOCK_BYTES + MARGIN_BYTES;
/** The most bytes that they may have together. */
export const KEYS_BYTES: number = 2 ** 16;
/** Where the memo has its table; {@linkcode MEMO_AT} is where its keys are. */
export const TABLE_AT: number = toPages(KEYS_AT + KEYS_BYTES + MARGIN_BYTES) * PAGE_BYTES;
/** The most places that the table may have, each of 8 bytes. */
export const MAX_PLACES: number = 2 ** 18;
/** Where the memo has its keys. */
export const MEMO_AT: number = TABLE_AT + 8 * MAX_PLACES;
/** The most bytes that they may have. */
export const MEMO_BYTES: number = 2 ** 23;

/** What compiled code works on: registers, the columns of a batch, a block of lines, and the memo. */
export class ReaderMemory {
  /** All of it. */
  readonly memory: WebAssembly.Memory = newMemory();
  readonly #buffer = this.memory.buffer as ArrayBuffer;
  /** Records of lines of the block, whose texts are in {@linkcode bytes}. */
  readonly batch: RecordBatch = new RecordBatch(BATCH_RECORDS, this.#buffer, BATCH_AT);
  /** All of it as bytes. */
  readonly bytes: Bytes = new Uint8Array(this.#buffer);
  /** All of it as numbers. */
  readonly view: DataView = new DataView(this.#buffer);

  /** Makes a memory with no lines in it. */
  constructor() {
    this.batch.bytes = this.bytes;
    this.bytes.fill(0xFF, ONES_AT, ONES_AT + 16);
    // No day was read yet: it has more than the two bytes that are compared with it.
    this.view.setInt32(DAY_REST, -1, true);
    this.view.setInt32(MEMO_END, MEMO_AT, true);
    this.view.setInt32(KEYS_END, KEYS_AT, true);
  }
}

/** A page that is never touched takes no memory. */
function newMemory(): WebAssembly.Memory {
  const pages = toPages(MEMO_AT + MEMO_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

function toPages(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES);
}
