import { BYTES_PER_RECORD, RecordBatch } from "../aggregates/record_batch.ts";
import type { Bytes } from "../lines/bytes.ts";

/** Few enough for their columns to stay in the processor's nearest cache, and many to be counted at once. */
const BATCH_RECORDS = 512;

/** Where a reader's registers are, each of at most 8 bytes. */
export const NEXT_ROW = 0, ODD_END = 8, IS_PLAIN = 16, IS_ESCAPED = 24;
/** The first eight bytes of a day, its other two, and when it begins. */
export const DAY = 32, DAY_REST = 40, DAY_US = 48;

const BATCH_AT = 64;
/** Where the block begins. */
export const BLOCK_AT: number = BATCH_AT + BATCH_RECORDS * BYTES_PER_RECORD;
/** The most bytes of whole lines that a block may have: as many as are read from a file at once. */
export const BLOCK_BYTES: number = 256 * 1024;

/** Lines are looked at up to so many bytes at a time, behind the last of them too. */
const MARGIN_BYTES = 64;
const PAGE_BYTES = 65_536;

/** What compiled code works on: registers, the columns of a batch, and a block of lines. */
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
  }
}

function newMemory(): WebAssembly.Memory {
  const pages = Math.ceil((BLOCK_AT + BLOCK_BYTES + MARGIN_BYTES) / PAGE_BYTES);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}
