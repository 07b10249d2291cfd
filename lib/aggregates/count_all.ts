import { GONE, type KeyColumn, UNCOUNTED } from "../records/key_column.ts";
import type { SpaceSaving } from "../sketches/space_saving.ts";

/**
 * Counts keys that are texts alone, each once, one after the other; those whose slot is remembered need not
 * be looked for.
 *
 * @param summary Counts them, and no others between two calls but with a slot of its own.
 * @param bytes Where the texts are.
 * @param keys The texts; their slots are written into it.
 * @param count How many of them.
 * @param mayTake Is asked of each that has no slot whether it is to have one.
 */
export function countAll(
  summary: SpaceSaving,
  bytes: Uint8Array,
  keys: KeyColumn,
  count: number,
  mayTake: (i: number) => boolean = () => true,
): void {
  const { starts, ends, slots, stamps, missed } = keys;
  let misses = 0;
  for (let i = 0; i < count; i++) {
    let slot = slots[i]!;
    if (slot < 0 || summary.changesAt(slot) !== stamps[i]!) {
      slot = summary.find(0, bytes, starts[i]!, ends[i]!);
      if (slot !== -1) {
        missed[misses++] = i;
      } else if (mayTake(i)) {
        const { isFull } = summary;
        slot = summary.take(0, bytes, starts[i]!, ends[i]!);
        if (!isFull) missed[misses++] = i;
        for (let k = isFull ? 0 : i; k < i; k++) if (slots[k] === slot) slots[k] = GONE;
      } else {
        slots[i] = UNCOUNTED;
        continue;
      }
      slots[i] = slot;
      stamps[i] = summary.changesAt(slot);
    }
    summary.count(slot);
  }
  keys.misses = misses;
}
