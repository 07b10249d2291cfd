import {
  Blocks,
  type BlocksParts,
  lengthFor,
  MIN_PLACES,
  nextLength,
  powerOf2,
  SMALL,
  withSpare,
} from "./blocks.ts";
import { type Home, PairPlaces, type PairPlacesParts } from "./pair_places.ts";

/** The fewest places of a large block, which becomes longer only while all blocks are moved. */
const LARGE = 2 ** 16;

/** The fields of a `PairBlocks` as typed arrays, to transfer to another thread. */
export interface PairBlocksParts {
  /** For each group, where its block is, and how many pairs it has. */
  readonly blocks: BlocksParts;
  /** The places of all blocks. */
  readonly places: PairPlacesParts;
  /** Where the last block ends. */
  readonly end: number;
  /** How many places before `end` belong to no block. */
  readonly unused: number;
}

/**
 * Places in blocks, one block for each group, one behind the other. A group that outgrows its block gets a
 * larger one at the end. The blocks are compacted when a quarter of the places is unused.
 *
 * @example A block of two, and then of four
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PairBlocks } from "./pair_blocks.ts";
 *
 * const space = new PairBlocks((item, mask) => item & mask);
 * space.allot(5, 2);
 * assertEquals([space.blocks.startOf(5), space.blocks.lengthOf(5)], [0, 2]);
 * space.enlarge(5);
 * assertEquals([space.blocks.startOf(5), space.blocks.lengthOf(5)], [0, 4]);
 * ```
 */
export class PairBlocks {
  /** Where the block of each group is, and how many of its places are taken. */
  blocks: Blocks = new Blocks();
  /** All places; another object may replace it whenever a block is made or enlarged. */
  places: PairPlaces = new PairPlaces(MIN_PLACES);
  readonly #home: Home;
  #end = 0;
  #unused = 0;

  /** Makes an empty space; `home` returns where in a block the search for an item begins. */
  constructor(home: Home) {
    this.#home = home;
  }

  /** Makes blocks of the fields of others. */
  static ofParts(parts: PairBlocksParts, home: Home): PairBlocks {
    const made = new PairBlocks(home);
    made.blocks = Blocks.ofParts(parts.blocks);
    made.places = PairPlaces.ofParts(parts.places);
    made.#end = parts.end;
    made.#unused = parts.unused;
    return made;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): PairBlocksParts {
    return {
      blocks: this.blocks.toParts(),
      places: this.places.toParts(),
      end: this.#end,
      unused: this.#unused,
    };
  }

  /** Where the last block ends. */
  get end(): number {
    return this.#end;
  }

  /** Adds a place, which is taken, to the last block, that of `group`; there is room. */
  extend(group: number): void {
    this.blocks.extend(group);
    this.#end++;
  }

  /** Makes a block of `size` places behind the last, all of them taken, for a group that has none; there is room. */
  add(group: number, size: number): void {
    this.#unused += this.blocks.lengthOf(group);
    this.blocks.set(group, this.#end, size);
    this.blocks.fill(group, size);
    this.#end += size;
  }

  /** Makes a block that has no free place, but is not small, a hash table: only so an item is found in it. */
  settle(group: number): void {
    const length = this.blocks.lengthOf(group);
    if (length <= SMALL || this.blocks.sizeOf(group) < length) return;
    this.#lengthen(group, lengthFor(length));
  }

  /** Gives a group that has no pairs an empty block of `length` places. */
  allot(group: number, length: number): void {
    this.#unused += this.blocks.lengthOf(group);
    this.blocks.set(group, 0, 0);
    this.reserve(length);
    this.blocks.set(group, this.#end, length);
    this.#end += length;
  }

  /** Gives a group a longer block. */
  enlarge(group: number): void {
    const before = powerOf2(this.blocks.lengthOf(group));
    const neighbour = group < 1 ? 0 : this.blocks.sizeOf(group - 1);
    const next = group < 2 ? 0 : this.blocks.sizeOf(group - 2);
    this.#lengthen(group, nextLength(before, neighbour, next));
  }

  #lengthen(group: number, length: number): void {
    const before = this.blocks.lengthOf(group);
    if (before >= LARGE) {
      // A second block at the end would take too much memory. The sum counts this one at its new length.
      this.#unused -= length - before;
      this.#moveTogether(withSpare(this.#end - this.#unused), group, length);
      return;
    }
    this.reserve(length);
    const start = this.blocks.startOf(group), end = this.#end;
    if (before > 0 && start + before === end && length <= SMALL) {
      this.blocks.set(group, start, length);
      return void (this.#end = start + length);
    }
    this.blocks.set(group, end, length);
    this.#end = end + length;
    this.#unused += before;
    // The old places keep their items; places of no block are never read.
    const move = { from: start, length: before, to: end, toLength: length };
    this.places.spread(this.places, move, this.#home);
  }

  /** Makes room for `places` places behind the last block; compacts the blocks if a quarter is unused. */
  reserve(places: number): void {
    const needed = this.#end + places;
    if (needed <= this.places.length) return;
    if (4 * this.#unused < this.#end) this.places.lengthen(withSpare(needed));
    else this.#moveTogether(withSpare(needed - this.#unused));
  }

  /** Compacts all blocks into `places` new places; the block of the group `longer` gets `longerLength`. */
  #moveTogether(places: number, longer = -1, longerLength = 0): void {
    const before = this.places;
    this.places = new PairPlaces(places);
    let to = 0;
    for (let group = 0; group < this.blocks.groups; group++) {
      const from = this.blocks.startOf(group), length = this.blocks.lengthOf(group);
      if (length === 0) continue;
      const toLength = group === longer ? longerLength : length;
      this.blocks.set(group, to, toLength);
      if (toLength === length) this.places.copyFrom(before, from, length, to);
      else this.places.spread(before, { from, length, to, toLength }, this.#home);
      to += toLength;
    }
    [this.#end, this.#unused] = [to, 0];
    before.free();
  }

  /** Frees the memory at once, not by the garbage collector; the blocks are of no use afterwards. */
  free(): void {
    this.places.free();
    this.blocks.free();
  }
}
