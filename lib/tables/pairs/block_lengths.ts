/** A block of so many places or fewer is searched from its first place on, and may be full. */
export const SMALL: number = 8;
/** A block that is no longer small is at once as long as its neighbour's pairs are many, but for this. */
const MAX_FORESEEN = 2 ** 12;
/** So many places there are at the least. */
export const MIN_PLACES: number = 64;
const MAX_SPARE = 2 ** 18;

/**
 * How long a block is to become that is full: windows that follow each other are mostly alike, so when it
 * is new, and when it is no longer small, it may be as long as its neighbour has pairs; and so long that as
 * many fit if the neighbour's neighbour has about as many. As each group has one neighbour, that takes no
 * more places than there are pairs, or four times as many as the two have.
 *
 * @param before How long it is.
 * @param neighbour How many pairs its neighbour has.
 * @param next How many pairs the neighbour of that has.
 * @returns A power of 2.
 */
export function nextLength(before: number, neighbour: number, next: number): number {
  const least = before === 0 ? 1 : before === 1 ? 4 : 2 * before;
  if (before !== 0 && before !== SMALL) return least;
  const foreseen = Math.min(neighbour, before === 0 ? SMALL : MAX_FORESEEN);
  if (before === SMALL && 4 * next >= 3 * foreseen) return Math.max(least, lengthFor(foreseen));
  return Math.max(least, 2 ** (31 - Math.clz32(foreseen)));
}

/** How long a block is to be for so many pairs: a power of 2, or 0. */
export function lengthFor(pairs: number): number {
  if (pairs <= 1) return pairs;
  return Math.max(4, 2 ** Math.ceil(Math.log2(pairs <= SMALL ? pairs : 4 * pairs / 3 + 1)));
}

/** Whether a block of so many pairs has no room for one more. */
export function isFull(length: number, pairs: number): boolean {
  return length <= SMALL ? pairs === length : 4 * pairs >= 3 * length;
}

/** So many places and some more: half as many, as long as that is little, and then a quarter. */
export function withSpare(places: number): number {
  const most = Math.max(MAX_SPARE, Math.ceil(places / 4));
  return Math.max(MIN_PLACES, places + Math.min(Math.ceil(places / 2), most));
}
