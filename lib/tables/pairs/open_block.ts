import { longerBuffer } from "../buffers.ts";
import type { PairBlocks } from "./pair_blocks.ts";
import type { PairPlaces } from "./pair_places.ts";

/**
 * The block behind which no other is: it grows without a free place, and without a move. Where each of its items is
 * stands in an array, so that no item is searched for. While groups come one after the other, as windows of a log do,
 * each is counted so.
 *
 * Memory: 4 to 6 bytes for each item that any of its groups had.
 *
 * @example Two items
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { OpenBlock } from "./open_block.ts";
 * import { PairBlocks } from "./pair_blocks.ts";
 *
 * const space = new PairBlocks((item, mask) => item & mask), open = new OpenBlock();
 * assertEquals(open.open(space, 7), true);
 * assertEquals([3, 5, 3].map((item) => open.count(space, item, 0)), [true, true, false]);
 * assertEquals([space.blocks.sizeOf(7), space.places.countAt(space.blocks.startOf(7))], [2, 2]);
 * space.allot(8, 4);
 * assertEquals(open.open(space, 7), false);
 * ```
 */
export class OpenBlock {
  #group = -1;
  /** The places that it is among, and where it ends: others if it was moved, or another came behind it. */
  #places: PairPlaces | undefined;
  #end = 0;
  #start = 0;
  /** For each item, one more than its place, if that is in the block and has it. */
  #placesOf = new Int32Array();

  /**
   * Opens the block of a group, if it is the last one and has no free place; a group without one gets one. Blocks may
   * move for a place behind it.
   *
   * @returns Whether it is open, and there is a place to count an item.
   */
  open(space: PairBlocks, group: number): boolean {
    // All blocks may move, and then another may be the last.
    if (space.end === space.places.length) space.reserve(1);
    const { blocks, places, end } = space;
    if (group === this.#group && end === this.#end && places === this.#places) return true;
    const length = blocks.lengthOf(group);
    if (length === 0) blocks.set(group, end, 0);
    else if (blocks.endOf(group) !== end || blocks.sizeOf(group) !== length) return false;
    this.#group = group;
    this.#findPlaces(space);
    return true;
  }

  /**
   * Counts an item of the open group once; it must have been opened for each.
   *
   * @param space The blocks, the open one among them.
   * @param item The item.
   * @param error By how much the count of a new item may be too high.
   * @returns Whether it is new.
   */
  count(space: PairBlocks, item: number, error: number): boolean {
    const place = item < this.#placesOf.length ? this.#placesOf[item]! - 1 : -1;
    if (place >= this.#start && place < this.#end && space.places.itemAt(place) === item) {
      space.places.increase(place, 1, 0);
      return false;
    }
    space.places.write(this.#end, item, 1 + error, error);
    this.#put(item, ++this.#end);
    space.extend(this.#group);
    return true;
  }

  /** Closes the block, whose group has lost its pairs. */
  close(): void {
    this.#group = -1;
  }

  /** Notes where the block and its items are, after it was opened or moved. */
  #findPlaces({ blocks, places, end }: PairBlocks): void {
    [this.#places, this.#start, this.#end] = [places, blocks.startOf(this.#group), end];
    for (let place = this.#start; place < end; place++) {
      this.#put(places.itemAt(place), place + 1);
    }
  }

  #put(item: number, placeBehind: number): void {
    if (item >= this.#placesOf.length) {
      const length = Math.max(item + 1, Math.ceil(1.5 * this.#placesOf.length));
      this.#placesOf = new Int32Array(longerBuffer(this.#placesOf.buffer, 4 * length));
    }
    this.#placesOf[item] = placeBehind;
  }
}
