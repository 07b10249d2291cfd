import { GONE, type KeyColumn, UNCOUNTED } from "../records/key_column.ts";
import type { SpaceSaving } from "../sketches/space_saving.ts";

/**
 * Counts each key of the first `count` rows of a column once, in their order, and writes its slot. The keys
 * are texts without numbers. A key whose cached slot is still its own needs no look-up.
 *
 * @param summary The summary that counts the keys. The slots that the column caches are slots of this summary.
 * @param bytes The bytes that the texts are in.
 * @param keys The column of the texts; their slots are written into it.
 * @param count How many rows there are.
 * @param mayTake Is called with the row of each key that has no slot; returns whether the key gets one.
 * By default every key does.
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
        slot = summary.claim(0, bytes, starts[i]!, ends[i]!);
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
