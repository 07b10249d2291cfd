import { NumberColumn } from "../number_column.ts";
import type { KeyStore } from "./key_store.ts";
import type { TextRun } from "./text_run.ts";

/**
 * Which slots of a store texts have for which an integer stands elsewhere, so that each is looked for once.
 *
 * Memory: 1 to 4 bytes an integer.
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
  /** The slots that were found last, by the places of the texts. */
  found: Int32Array = new Int32Array();
  /** Of each alias, one more than the slot of its text, or 0. */
  readonly #slots = new NumberColumn();

  /**
   * Finds the slots of texts, which get one if they have none.
   *
   * @param store Where they are.
   * @param texts The texts.
   * @param first Which of them is the first.
   * @param end Which is the first no more.
   * @param isEnough Is asked after each that was looked for whether it is to be the last.
   * @returns Which is the first that was not found, or the end.
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
      const alias = aliases[i]!, known = alias < 0 ? 0 : this.#slots.at(alias);
      if (known > 0) {
        this.found[i] = known - 1;
        continue;
      }
      const slot = store.internBytes(0, bytes, starts[i]!, ends[i]!);
      if (alias >= 0) this.#slots.set(alias, slot + 1);
      this.found[i] = slot;
      if (isEnough()) return i + 1;
    }
    return end;
  }

  /** Has an integer stand for no text, until it is used again. */
  forgetAlias(alias: number): void {
    this.#slots.set(alias, 0);
  }

  /** Has no integer stand for a text. */
  clear(): void {
    this.#slots.clear();
  }
}
