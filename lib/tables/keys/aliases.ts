import { NumberColumn } from "../number_column.ts";
import type { KeyStore } from "./key_store.ts";

/** A text in UTF-8. */
export interface TextPlace {
  /** The bytes that have it. */
  readonly bytes: Uint8Array;
  /** The index of its first byte. */
  readonly start: number;
  /** The index behind its last byte. */
  readonly end: number;
}

/**
 * Caches the slots of texts that have an alias: an integer from 0 on, such as the slot of a client elsewhere, that has
 * had no other text since it was last forgotten.
 *
 * Memory: 1 to 4 bytes an alias.
 *
 * @example An alias
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Aliases } from "./aliases.ts";
 * import { KeyStore } from "./key_store.ts";
 *
 * const [aliases, store] = [new Aliases(), new KeyStore([1, 2])];
 * const text = { bytes: new TextEncoder().encode("abc"), start: 1, end: 3 };
 * assertEquals([aliases.slotOf(7), aliases.intern(store, text, 7), aliases.slotOf(7)], [-1, 0, 0]);
 * assertEquals(store.textAt(0), "bc");
 * ```
 */
export class Aliases {
  /** For each alias, one more than the slot of its text, or 0. */
  readonly #slots = new NumberColumn();

  /** The slot of the text of an alias; −1 if it is not cached, or the alias is below 0. */
  slotOf(alias: number): number {
    return alias < 0 ? -1 : this.#slots.at(alias) - 1;
  }

  /** Returns the slot of a text, a new one if needed, and caches it; an alias below 0 is none. */
  intern(store: KeyStore, { bytes, start, end }: TextPlace, alias: number): number {
    const known = this.slotOf(alias);
    if (known !== -1) return known;
    const slot = store.internBytes(0, bytes, start, end);
    if (alias >= 0) this.#slots.set(alias, slot + 1);
    return slot;
  }

  /** Forgets the text of an alias. */
  forgetAlias(alias: number): void {
    this.#slots.set(alias, 0);
  }

  /** Forgets the texts of all aliases. */
  clear(): void {
    this.#slots.clear();
  }
}
