import type { CountHistogram } from "../tables/count_histogram.ts";
import type { KeyStore } from "../tables/keys/key_store.ts";
import { NumberColumn } from "../tables/number_column.ts";
import type { PairTable } from "../tables/pairs/pair_table.ts";

/**
 * Finds the count up to which pairs must be evicted for the rest to fit: the largest count such that the
 * pairs with this count or a higher one are too many.
 *
 * @param counts How many pairs have each count.
 * @param areTooMany Is called with a number of pairs, and of bytes of their texts, each counted once; returns
 * whether they are too many.
 * @param bytesOf How many bytes the texts have, each counted once, by the largest count of their pairs; empty
 * if they do not matter.
 * @returns The count, or 0 if all pairs fit.
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

/** Sums the bytes of texts, each counted once, by the largest count of their pairs. */
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
