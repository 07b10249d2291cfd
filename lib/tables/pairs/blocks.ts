import { longerBuffer } from "../longer_buffer.ts";

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
