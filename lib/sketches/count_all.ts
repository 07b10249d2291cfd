import type { SpaceSaving } from "./space_saving.ts";
import type { Texts } from "./texts.ts";

/** What stands for the slot of a key that was not counted, and of one that has none any more. */
export const UNCOUNTED: number = -1, GONE: number = -2;

/**
 * Counts keys that are texts alone, each once, as one after the other; but most of them
 * are looked for side by side.
 *
 * @param summary Counts them.
 * @param texts The texts.
 * @param count How many of them.
 * @param slots Where their slots go; {@linkcode UNCOUNTED} if one was not to have any, {@linkcode GONE} if
 * another has taken it since.
 * @param mayTake Is asked of each that has no slot whether it is to have one.
 */
export function countAll(
  summary: SpaceSaving,
  texts: Texts,
  count: number,
  { slots, mayTake = () => true }: {
    readonly slots: Int32Array;
    readonly mayTake?: (i: number) => boolean;
  },
): void {
  const { bytes, starts, ends, mixes } = texts;
  summary.guessAll(texts, count, slots);
  // A slot that was guessed may have gone to another since.
  let areStale = false;
  for (let i = 0; i < count; i++) {
    let slot = slots[i]!;
    if (slot === -1 || areStale) slot = summary.find(0, bytes, starts[i]!, ends[i]!, mixes[i]!);
    if (slot === -1) {
      if (!mayTake(i)) {
        slots[i] = UNCOUNTED;
        continue;
      }
      const { isFull } = summary;
      slot = summary.take(0, bytes, starts[i]!, ends[i]!);
      areStale ||= isFull;
      for (let k = isFull ? 0 : i; k < i; k++) if (slots[k] === slot) slots[k] = GONE;
    }
    slots[i] = slot;
    summary.count(slot);
  }
}
