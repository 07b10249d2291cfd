/** What a guess is: the mix of a text, its slot, and where it is and how long. */
const WORDS = 4, SLOT = 1, ADDRESS = 2, LENGTH = 3;
/** How many guesses there are for each text, and at the least, and at the most. */
const GUESSES = 2, LEAST = 512, MOST = 2 ** 18;
/** Of those in which nothing is remembered: many stores are made to be read once. */
const NOTHING = new Int32Array(WORDS).fill(-1);

/** Texts of slots at addresses, that come and go. */
export interface TextsAtAddresses {
  /** Whether a slot has its text at an address, and of a length. */
  hasAt(slot: number, address: number, length: number): boolean;
  /** Whether a text at an address, of the same length, is some bytes. */
  isTextAt(address: number, bytes: Uint8Array, start: number, end: number): boolean;
}

/**
 * Which slot a text may have that was found before, at a place that its mix tells, see
 * `mixText()`: it saves the hash, which takes longer, as it has to be one that nobody can guess, and
 * looks into memory. Of texts that share a place the last is remembered; where a text has gone or moved since,
 * its guess is none any more.
 *
 * Memory: 16 bytes a guess, of which there are two to four for each text, and 262,144 at the most.
 *
 * @example A text that was found before
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Guesses } from "./guesses.ts";
 *
 * const bytes = new TextEncoder().encode("abcabc");
 * const texts = { hasAt: () => true, isTextAt: (address: number) => bytes[address] === 0x61 };
 * const guesses = new Guesses(texts);
 * assertEquals(guesses.find(99, bytes, 0, 3), -1);
 * guesses.remember(99, { slot: 7, address: 3, length: 3, size: 1 });
 * assertEquals(guesses.find(99, bytes, 0, 3), 7);
 * ```
 */
export class Guesses {
  readonly #texts: TextsAtAddresses;
  #guesses = NOTHING;

  /** Makes guesses about texts, of which nothing is remembered. */
  constructor(texts: TextsAtAddresses) {
    this.#texts = texts;
  }

  /** The slot of a text whose mix is told, or −1 if it is not remembered. */
  find(mixed: number, bytes: Uint8Array, start: number, end: number): number {
    return this.#slotAt(mixed & this.#guesses.length - WORDS, mixed, bytes, start, end);
  }

  /**
   * The slots of many texts, or −1; side by side, so that the processor need not wait for one after the other
   * to come from memory.
   */
  findAll(
    { bytes, starts, ends, mixes }: {
      readonly bytes: Uint8Array;
      readonly starts: Int32Array;
      readonly ends: Int32Array;
      readonly mixes: Int32Array;
    },
    count: number,
    slots: Int32Array,
  ): void {
    const guesses = this.#guesses, mask = guesses.length - WORDS;
    for (let i = 0; i < count; i++) {
      const mixed = mixes[i]!, at = mixed & mask;
      slots[i] = guesses[at] === mixed ? at : -1;
    }
    for (let i = 0; i < count; i++) {
      const at = slots[i]!;
      if (at !== -1) slots[i] = this.#slotAt(at, mixes[i]!, bytes, starts[i]!, ends[i]!);
    }
  }

  /** Remembers where a text of a mix was found, among so many. */
  remember(
    mixed: number,
    { slot, address, length, size }: {
      readonly slot: number;
      readonly address: number;
      readonly length: number;
      readonly size: number;
    },
  ): void {
    const wanted = Math.min(Math.max(GUESSES * size, LEAST), MOST);
    if (this.#guesses.length < WORDS * wanted) {
      this.#guesses = new Int32Array(WORDS * 2 ** Math.ceil(Math.log2(wanted))).fill(-1);
    }
    const guesses = this.#guesses, at = mixed & guesses.length - WORDS;
    guesses[at] = mixed;
    guesses[at + SLOT] = slot;
    guesses[at + ADDRESS] = address;
    guesses[at + LENGTH] = length;
  }

  #slotAt(at: number, mixed: number, bytes: Uint8Array, start: number, end: number): number {
    const guesses = this.#guesses;
    const isSo = guesses[at] === mixed && guesses[at + LENGTH] === end - start &&
      this.#texts.hasAt(guesses[at + SLOT]!, guesses[at + ADDRESS]!, end - start) &&
      this.#texts.isTextAt(guesses[at + ADDRESS]!, bytes, start, end);
    return isSo ? guesses[at + SLOT]! : -1;
  }
}
