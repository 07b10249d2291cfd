import type { KeyStore } from "./key_store.ts";
import { NumberColumn } from "./number_column.ts";
import type { PairTable } from "./pair_table.ts";

/**
 * Up to which count pairs are forgotten, so that the rest is few: the largest with which there are too many.
 *
 * @param pairs The pairs, each of a group and a text.
 * @param texts The texts, which stay as long as one of their pairs.
 * @param areTooMany Tells whether so many pairs are, whose texts, each once, have so many bytes.
 * @returns The count, 0 if all may stay.
 */
export function largestToForget(
  pairs: PairTable,
  texts: KeyStore,
  areTooMany: (pairs: number, bytes: number) => boolean,
): number {
  // Where all texts together may stay, none need be looked at.
  const bytesOf = areTooMany(0, texts.textBytes) ? bytesOfCounts(pairs, texts) : NO_BYTES;
  let [size, bytes] = [0, 0];
  for (const [count, ofCount] of [...pairs.countOfCounts()].sort(([a], [b]) => b - a)) {
    size += ofCount;
    bytes += bytesOf.get(count) ?? 0;
    if (areTooMany(size, bytes)) return count;
  }
  return 0;
}

const NO_BYTES: ReadonlyMap<number, number> = new Map();

/** How many bytes texts have, by the largest count of their pairs. */
function bytesOfCounts(pairs: PairTable, texts: KeyStore): ReadonlyMap<number, number> {
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
