/** What a guess is: the mix of a text, its slot, and where it is and how long. */
const WORDS = 4, SLOT = 1, ADDRESS = 2, LENGTH = 3;
/** How many guesses there are for each text, and at the least, and at the most. */
const GUESSES = 2, LEAST = 512, MOST = 2 ** 18;
/** Of those in which nothing is remembered: many stores are made to be read once. */
const NOTHING = new Int32Array(WORDS).fill(-1);

/** A text that is some bytes, compared with those at an address. */
export interface TextsAtAddresses {
  /** How often texts have moved so far: addresses are others then. */
  readonly moves: number;
  /** Whether a text at an address, of the same length, is some bytes. */
  isTextAt(address: number, bytes: Uint8Array, start: number, end: number): boolean;
}

/**
 * Which slot a text may have that was found before, at a place that its mix tells, see
 * `mixText()`: it saves the hash, which takes longer, as it has to be one that nobody can guess, and
 * looks into memory. What is remembered is so, but of texts that share a place only the last.
 *
 * Memory: 16 bytes a guess, of which there are two to four for each text, and 262,144 at the most.
 *
 * @example A text that was found before
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Guesses } from "./guesses.ts";
 *
 * const bytes = new TextEncoder().encode("abcabc");
 * const texts = { moves: 0, isTextAt: (address: number) => bytes[address] === 0x61 };
 * const guesses = new Guesses(texts);
 * assertEquals(guesses.find(99, bytes, 0, 3), -1);
 * guesses.remember(99, { slot: 7, address: 3, length: 3, size: 1 });
 * assertEquals(guesses.find(99, bytes, 0, 3), 7);
 * ```
 */
export class Guesses {
  readonly #texts: TextsAtAddresses;
  #guesses = NOTHING;
  #moves = 0;

  /** Makes guesses about texts, of which nothing is remembered. */
  constructor(texts: TextsAtAddresses) {
    this.#texts = texts;
  }

  /** The slot of a text whose mix is told, or −1 if it is not remembered. */
  find(mixed: number, bytes: Uint8Array, start: number, end: number): number {
    return this.#slotAt(mixed & this.#known().length - WORDS, mixed, bytes, start, end);
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
    const guesses = this.#known(), mask = guesses.length - WORDS;
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
    if (this.#known().length < WORDS * wanted) {
      this.#guesses = new Int32Array(WORDS * 2 ** Math.ceil(Math.log2(wanted))).fill(-1);
    }
    const guesses = this.#guesses, at = mixed & guesses.length - WORDS;
    guesses[at] = mixed;
    guesses[at + SLOT] = slot;
    guesses[at + ADDRESS] = address;
    guesses[at + LENGTH] = length;
  }

  /** Forgets that a slot has a text of a mix. */
  forget(mixed: number, slot: number): void {
    const guesses = this.#known(), at = mixed & guesses.length - WORDS;
    if (guesses[at + SLOT] === slot) guesses[at + LENGTH] = -1;
  }

  #slotAt(at: number, mixed: number, bytes: Uint8Array, start: number, end: number): number {
    const guesses = this.#guesses;
    const isSo = guesses[at] === mixed && guesses[at + LENGTH] === end - start &&
      this.#texts.isTextAt(guesses[at + ADDRESS]!, bytes, start, end);
    return isSo ? guesses[at + SLOT]! : -1;
  }

  /** The guesses, of which none is known any more once texts have moved. */
  #known(): Int32Array {
    if (this.#moves !== this.#texts.moves) {
      this.#moves = this.#texts.moves;
      if (this.#guesses !== NOTHING) this.#guesses.fill(-1);
    }
    return this.#guesses;
  }
}
