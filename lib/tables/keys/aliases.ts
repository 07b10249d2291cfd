import { NumberColumn } from "../number_column.ts";
import type { KeyStore } from "./key_store.ts";
import type { TextRun } from "./text_run.ts";

/**
 * Caches, for each client slot, the slot of its text in the pair table. The client slot is called the alias of
 * the text.
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
 * const texts = {
 *   bytes: new TextEncoder().encode("abc"),
 *   starts: Int32Array.of(0, 1),
 *   ends: Int32Array.of(1, 3),
 *   aliases: Int32Array.of(7, -1),
 * };
 * assertEquals(aliases.findAll(store, texts, 0, 2, () => false), 2);
 * assertEquals([...aliases.found].map((slot) => store.textAt(slot)), ["a", "bc"]);
 * ```
 */
export class Aliases {
  /** The slots that {@linkcode findAll} found last, each at the index of its text. */
  found: Int32Array = new Int32Array();
  /** For each alias, one more than the slot of its text, or 0. */
  readonly #slots = new NumberColumn();

  /**
   * Finds the slots of texts; a text that has none gets one.
   *
   * @param store The store of the texts.
   * @param texts The texts.
   * @param first The index of the first text to find.
   * @param end The index behind the last.
   * @param isEnough Is called after each text that was not cached; true ends the search.
   * @returns The index of the first text that was not looked up, or `end`.
   */
  findAll(
    store: KeyStore,
    { bytes, starts, ends, aliases }: TextRun,
    first: number,
    end: number,
    isEnough: () => boolean,
  ): number {
    if (end > this.found.length) this.found = new Int32Array(end);
    for (let i = first; i < end; i++) {
      const alias = aliases[i]!, known = this.slotOf(alias);
      if (known !== -1) {
        this.found[i] = known;
        continue;
      }
      const slot = store.internBytes(0, bytes, starts[i]!, ends[i]!);
      if (alias >= 0) this.#slots.set(alias, slot + 1);
      this.found[i] = slot;
      if (isEnough()) return i + 1;
    }
    return end;
  }

  /** The slot of the text of an alias; −1 if it is not cached, or the alias is below 0. */
  slotOf(alias: number): number {
    return alias < 0 ? -1 : this.#slots.at(alias) - 1;
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
