import type { CountHistogram } from "../tables/count_histogram.ts";
import type { KeyStore } from "../tables/keys/key_store.ts";
import { NumberColumn } from "../tables/number_column.ts";
import type { PairTable } from "../tables/pairs/pair_table.ts";

/**
 * Up to which count pairs are forgotten, so that the rest is few: the largest with which there are too many.
 *
 * @param counts How many pairs came how often.
 * @param areTooMany Tells whether so many pairs are, whose texts, each once, have so many bytes.
 * @param bytesOf How many bytes texts have, by the largest count of their pairs; none if they do not matter.
 * @returns The count, 0 if all may stay.
 */
export function largestToForget(
  counts: CountHistogram,
  areTooMany: (pairs: number, bytes: number) => boolean,
  bytesOf: ReadonlyMap<number, number> = new Map(),
): number {
  let [size, bytes] = [0, 0];
  for (const [count, pairs] of counts.descending()) {
    size += pairs;
    bytes += bytesOf.get(count) ?? 0;
    if (areTooMany(size, bytes)) return count;
  }
  return 0;
}

/** How many bytes texts have, each once, by the largest count of their pairs. */
export function bytesOfCounts(pairs: PairTable, texts: KeyStore): ReadonlyMap<number, number> {
  const largest = new NumberColumn(), bytesOf = new Map<number, number>();
  pairs.forEach((place, _, item) => {
    const count = pairs.countAt(place);
    if (count > largest.at(item)) largest.set(item, count);
  });
  for (let item = 0; item < texts.end; item++) {
    if (!texts.has(item)) continue;
    const count = largest.at(item);
    bytesOf.set(count, (bytesOf.get(count) ?? 0) + texts.textBytesAt(item));
  }
  largest.clear();
  return bytesOf;
}
