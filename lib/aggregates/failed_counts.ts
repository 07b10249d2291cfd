import { firstOf } from "../sketches/least_of.ts";
import type { HeldPair } from "../sketches/pair_counts_state.ts";
import type { KeyStore } from "../tables/keys/key_store.ts";

/** How many requests of one endpoint, status or client failed. */
export interface FailedCount {
  /** The endpoint, the status or the client. */
  readonly text: string;
  /** How many of its requests failed; at most so many. */
  readonly failed: number;
  /** How many of these may be others'; 0 if the number is exact. */
  readonly error: number;
}

/**
 * What failed in some windows, summed up for each endpoint, status or client. There may be tens of thousands, of which
 * few are shown: figures are held in typed arrays, and a text is decoded when it is asked for.
 */
export class FailedCounts {
  readonly #letter: string;
  /** The texts of the pairs; absent if there is none. */
  #texts: KeyStore | undefined;
  /** For each slot of a text, how many requests failed. */
  #failed = new Float64Array();
  #errors = new Float64Array();
  /** The slots of the texts that begin with the letter. */
  readonly #slots: Uint32Array;

  /** Sums up those of the pairs whose text begins with a letter; they are valid until their table changes. */
  constructor(letter: string, pairs: Iterable<HeldPair>) {
    this.#letter = letter;
    for (const { texts, item, count, error } of pairs) {
      if (this.#texts === undefined) {
        this.#texts = texts;
        this.#failed = new Float64Array(texts.end);
        this.#errors = new Float64Array(texts.end);
      }
      this.#failed[item]! += count;
      this.#errors[item]! += error;
    }
    const slots = this.#failed.keys()
      .filter((slot) => this.#failed[slot]! > 0 && this.#texts!.textAt(slot)[0] === letter);
    this.#slots = Uint32Array.from(slots);
  }

  /** How many endpoints, statuses or clients failed. */
  get distinct(): number {
    return this.#slots.length;
  }

  /** How many requests of theirs failed. */
  get failed(): number {
    return this.#slots.reduce((sum, slot) => sum + this.#failed[slot]!, 0);
  }

  /** Those of which most failed, in that order, and then by code point; at most so many. */
  first(most: number): FailedCount[] {
    const rows = firstOf(
      Math.min(most, this.distinct),
      Float64Array.from(this.#slots, (slot) => -this.#failed[slot]!),
      (a, b) => this.#texts!.compare(this.#slots[a]!, this.#slots[b]!),
    );
    return Array.from(rows, (row) => {
      const slot = this.#slots[row]!;
      return { text: this.#textOf(slot), failed: this.#failed[slot]!, error: this.#errors[slot]! };
    });
  }

  /** How many requests of each of some texts failed; those that never did are left out. */
  of(texts: ReadonlySet<string>): Map<string, number> {
    const found = new Map<string, number>();
    if (texts.size === 0) return found;
    for (const slot of this.#slots) {
      const text = this.#textOf(slot);
      if (texts.has(text)) found.set(text, this.#failed[slot]!);
    }
    return found;
  }

  #textOf(slot: number): string {
    return this.#texts!.textAt(slot).slice(this.#letter.length);
  }
}
