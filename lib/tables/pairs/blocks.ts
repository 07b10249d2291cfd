import { longerBuffer } from "../buffers.ts";

/** The words of a group: where its block begins, how long it is, how many of its places are taken. */
const WORDS = 3, LENGTH = 1, SIZE = 2;

/** The fields of a `Blocks` as typed arrays, to transfer to another thread. */
export interface BlocksParts {
  /** The words of each group. */
  readonly words: Uint32Array<ArrayBuffer>;
  /** One more than the last group that has had a block. */
  readonly groups: number;
}

/**
 * A block for each group: where it begins, how long it is, and how many of its places are taken. Groups are
 * small integers from 0 on.
 *
 * Memory: 12 to 18 bytes a group.
 *
 * @example A block
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Blocks } from "./blocks.ts";
 *
 * const blocks = new Blocks();
 * blocks.set(2, 10, 4);
 * blocks.fill(2, 1);
 * assertEquals([blocks.startOf(2), blocks.endOf(2), blocks.sizeOf(2)], [10, 14, 1]);
 * assertEquals([blocks.lengthOf(1), blocks.lengthOf(3), blocks.groups], [0, 0, 3]);
 * ```
 */
export class Blocks {
  #words = new Uint32Array(16 * WORDS);
  #groups = 0;

  /** Makes blocks of the fields of others. */
  static ofParts({ words, groups }: BlocksParts): Blocks {
    const blocks = new Blocks();
    blocks.#words = words;
    blocks.#groups = groups;
    return blocks;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): BlocksParts {
    return { words: this.#words, groups: this.#groups };
  }

  /** One more than the last group that has had a block. */
  get groups(): number {
    return this.#groups;
  }

  /** Where a group's block begins. */
  startOf(group: number): number {
    return group < this.#groups ? this.#words[WORDS * group]! : 0;
  }

  /** How long a group's block is, 0 if it has none. */
  lengthOf(group: number): number {
    return group < this.#groups ? this.#words[WORDS * group + LENGTH]! : 0;
  }

  /** Where a group's block ends. */
  endOf(group: number): number {
    return this.startOf(group) + this.lengthOf(group);
  }

  /** How many places of a group's block are taken. */
  sizeOf(group: number): number {
    return group < this.#groups ? this.#words[WORDS * group + SIZE]! : 0;
  }

  /** Gives a group another block; how many places are taken does not change. */
  set(group: number, start: number, length: number): void {
    if (group >= this.#groups) this.#reach(group);
    this.#words[WORDS * group] = start;
    this.#words[WORDS * group + LENGTH] = length;
  }

  /** Adds `places` to the taken places of a group. */
  fill(group: number, places: number): void {
    if (group >= this.#groups) this.#reach(group);
    this.#words[WORDS * group + SIZE]! += places;
  }

  /** Adds a place to the end of a group's block, and takes it. */
  extend(group: number): void {
    this.#words[WORDS * group + LENGTH]!++;
    this.#words[WORDS * group + SIZE]!++;
  }

  /** Frees the memory at once, not by the garbage collector; the blocks are of no use afterwards. */
  free(): void {
    this.#words.buffer.transfer(0);
  }

  #reach(group: number): void {
    this.#groups = group + 1;
    if (WORDS * this.#groups <= this.#words.length) return;
    const groups = Math.max(this.#groups, Math.ceil(this.#words.length / WORDS * 1.5));
    this.#words = new Uint32Array(longerBuffer(this.#words.buffer, 4 * WORDS * groups));
  }
}

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
