/** The most places of a small block, which is searched from its first place on, and may be full. */
export const SMALL: number = 8;
/** The most pairs of a neighbour for which a block that outgrows `SMALL` gets places. */
const MAX_FORESEEN = 2 ** 12;
/** The fewest places that are made. */
export const MIN_PLACES: number = 64;
const MAX_SPARE = 2 ** 18;

/**
 * The next size of a full block. Consecutive windows are alike, so a new block starts as large as its neighbour,
 * up to `SMALL`. A block that outgrows `SMALL` gets as many places as its neighbour has pairs, or enough for as
 * many pairs, if the neighbour's neighbour has about as many. As each group has one neighbour, these blocks take
 * no more places than there are pairs, or four times as many as the two have. All other blocks double, but for
 * one place, which becomes four.
 *
 * @param before The length of the block, 0 if it is new.
 * @param neighbour How many pairs its neighbour has.
 * @param next How many pairs the neighbour's neighbour has.
 * @returns A power of 2.
 */
export function nextLength(before: number, neighbour: number, next: number): number {
  const least = before === 0 ? 1 : before === 1 ? 4 : 2 * before;
  if (before !== 0 && before !== SMALL) return least;
  const foreseen = Math.min(neighbour, before === 0 ? SMALL : MAX_FORESEEN);
  if (before === SMALL && 4 * next >= 3 * foreseen) return Math.max(least, lengthFor(foreseen));
  return Math.max(least, 2 ** (31 - Math.clz32(foreseen)));
}

/** The least power of 2 that is not less, or 0. */
export function powerOf2(length: number): number {
  return length <= 1 ? length : 2 ** (32 - Math.clz32(length - 1));
}

/** The length of a block for `pairs` pairs: a power of 2, or 0. */
export function lengthFor(pairs: number): number {
  if (pairs <= 1) return pairs;
  return Math.max(4, powerOf2(pairs <= SMALL ? pairs : Math.ceil(4 * pairs / 3 + 1)));
}

/** Whether a block is full: a small one without a free place, another at a load factor of 3/4. */
export function isFull(length: number, pairs: number): boolean {
  return length <= SMALL ? pairs === length : 4 * pairs >= 3 * length;
}

/** Adds spare places: half as many, up to 2^18, or a quarter as many, if that is more. */
export function withSpare(places: number): number {
  const most = Math.max(MAX_SPARE, Math.ceil(places / 4));
  return Math.max(MIN_PLACES, places + Math.min(Math.ceil(places / 2), most));
}
