import { longerBuffer } from "../buffers.ts";
import { LONGEST_TEXT, viewOf } from "../text_bytes.ts";

const PAGE_BYTES = LONGEST_TEXT;
const PAGE_BITS = Math.log2(PAGE_BYTES);
const SMALLEST = 1024;

/** The fields of a `TextArena` as typed arrays, to transfer to another thread. */
export interface TextArenaParts {
  /** The pages, in order. */
  readonly pages: readonly Uint8Array<ArrayBuffer>[];
  /** The address behind the last text. */
  readonly end: number;
}

/**
 * An arena of texts as bytes, one after the other on pages of 128 KiB: it grows by a page, without copying
 * the others. No text spans two pages.
 *
 * It does not know where its texts are: the caller keeps the address and the length of each.
 *
 * @example Two texts
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TextArena } from "./text_arena.ts";
 *
 * const arena = new TextArena();
 * const bytes = new TextEncoder().encode("abc");
 * const [first, second] = [arena.append(bytes, 0, 3), arena.append(bytes, 1, 3)];
 * assertEquals([arena.textAt(first, 3), arena.textAt(second, 2)], ["abc", "bc"]);
 * ```
 */
export class TextArena {
  readonly #pages: Uint8Array<ArrayBuffer>[] = [];
  /** Views of the pages, to read four bytes at a time. */
  readonly #views: DataView[] = [];
  #end = 0;

  /** Makes an arena of the fields of another. */
  static ofParts({ pages, end }: TextArenaParts): TextArena {
    const arena = new TextArena();
    for (const page of pages) arena.#hold(arena.#pages.length, page);
    arena.#end = end;
    return arena;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): TextArenaParts {
    return { pages: this.#pages, end: this.#end };
  }

  /** Whether a text of `length` bytes would need another page. */
  needsPage(length: number): boolean {
    return this.#place(length) + length > this.#pages.length * PAGE_BYTES;
  }

  /** How many bytes its pages have, each counted as 128 KiB. */
  get byteLength(): number {
    return this.#pages.length * PAGE_BYTES;
  }

  /**
   * Appends a text, `bytes` from `start` to `end`.
   *
   * @returns Its address.
   * @throws {RangeError} If it is longer than {@linkcode LONGEST_TEXT}, or there are 4 GiB already.
   */
  append(bytes: Uint8Array, start: number, end: number): number {
    const address = this.#place(end - start);
    if (end - start > LONGEST_TEXT || address >>> 0 !== address) {
      throw new RangeError(
        `Cannot hold a text of ${end - start} bytes behind ${this.#end}: expected at most ` +
          `${LONGEST_TEXT}, and 4 GiB in all`,
      );
    }
    this.#end = address + end - start;
    this.write(address, bytes, start, end);
    return address;
  }

  /** Writes a text over another that is at least as long. */
  write(address: number, bytes: Uint8Array, start: number, end: number): void {
    if (end === start) return;
    let to = address & PAGE_BYTES - 1;
    const page = this.#page(address >>> PAGE_BITS, to + end - start);
    for (let i = start; i < end; i++, to++) page[to] = bytes[i]!;
  }

  /** Whether the text at an address equals `length` bytes of `bytes` from `start` on. */
  isAt(address: number, length: number, bytes: Uint8Array, start: number): boolean {
    if (length === 0) return true;
    const page = this.#views[address >>> PAGE_BITS]!, view = viewOf(bytes);
    const from = address & PAGE_BYTES - 1, last = length - 4;
    if (last < 0) {
      for (let i = 0; i < length; i++) {
        if (page.getUint8(from + i) !== view.getUint8(start + i)) return false;
      }
      return true;
    }
    for (let i = 0; i < last; i += 4) {
      if (page.getInt32(from + i) !== view.getInt32(start + i)) return false;
    }
    return page.getInt32(from + last) === view.getInt32(start + last);
  }

  /** The page that a text is on. */
  pageOf(address: number, length: number): Uint8Array<ArrayBuffer> {
    return length === 0 ? NOTHING : this.#pages[address >>> PAGE_BITS]!;
  }

  /** A view of that page, to read several bytes at a time. */
  viewOf(address: number, length: number): DataView {
    return length === 0 ? NO_VIEW : this.#views[address >>> PAGE_BITS]!;
  }

  /** Where on its page a text begins. */
  startOf(address: number): number {
    return address & PAGE_BYTES - 1;
  }

  /** The bytes of a text; valid until the next text is written. */
  bytesAt(address: number, length: number): Uint8Array<ArrayBuffer> {
    if (length === 0) return NOTHING;
    const from = address & PAGE_BYTES - 1;
    return this.#pages[address >>> PAGE_BITS]!.subarray(from, from + length);
  }

  /** Decodes a text. */
  textAt(address: number, length: number): string {
    return length === 0 ? "" : DECODER.decode(this.bytesAt(address, length));
  }

  /** Begins to compact: every text that stays must now be moved, lowest address first. */
  restart(): void {
    this.#end = 0;
  }

  /**
   * Moves a text towards the front, over those that do not stay.
   *
   * @returns Its new address.
   */
  move(address: number, length: number): number {
    // The new address is at most the old one, as the text would fit there as well.
    const start = this.startOf(address);
    return this.append(this.pageOf(address, length), start, start + length);
  }

  /** Returns a page with at least `bytes` bytes; the first starts small, as many arenas hold little. */
  #page(index: number, bytes: number): Uint8Array<ArrayBuffer> {
    const page = this.#pages[index];
    if (page !== undefined && page.length >= bytes) return page;
    const length = index > 0 ? PAGE_BYTES : Math.min(PAGE_BYTES, Math.max(SMALLEST, 2 * bytes));
    const larger = new Uint8Array(
      page === undefined ? new ArrayBuffer(length) : longerBuffer(page.buffer, length),
    );
    this.#hold(index, larger);
    return larger;
  }

  #hold(index: number, page: Uint8Array<ArrayBuffer>): void {
    this.#pages[index] = page;
    this.#views[index] = new DataView(page.buffer, page.byteOffset, page.byteLength);
  }

  /** The address for a text of `length` bytes: behind the last, or on the next page. */
  #place(length: number): number {
    const rest = PAGE_BYTES - (this.#end & PAGE_BYTES - 1);
    return length <= rest ? this.#end : this.#end + rest;
  }
}

const NOTHING = new Uint8Array();
const NO_VIEW = new DataView(NOTHING.buffer);
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
