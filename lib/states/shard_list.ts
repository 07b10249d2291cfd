import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { KeyStore } from "../tables/keys/key_store.ts";
import { NumberColumn } from "../tables/number_column.ts";
import type { ReadState } from "./decode_state.ts";
import type { Shard } from "./shard.ts";

/**
 * The shards that were read. Each counts once, however often an engine had it read.
 *
 * Memory: some 60 bytes for each shard, and its name.
 *
 * @example A task that ran twice
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ShardList } from "./shard_list.ts";
 *
 * const list = new ShardList([1, 2]);
 * const shard = { id: "a", lines: 1, bytes: 9, checksum: "0123456789abcdef" };
 * const state = { shards: [shard], unnamed: 0, checksum: "00000000deadbeef" };
 * assertEquals([list.add(state), list.add(state)], [true, false]);
 * assertEquals(list.shards(), [shard]);
 * ```
 */
export class ShardList {
  readonly #ids: KeyStore;
  readonly #lines = new NumberColumn();
  readonly #bytes = new NumberColumn();
  // For each shard, the two halves of its checksum, and of the checksum of the state that listed it.
  readonly #checksums = [new NumberColumn(), new NumberColumn()] as const;
  readonly #states = [new NumberColumn(), new NumberColumn()] as const;
  /** How many pieces of input without a name were read. */
  unnamed = 0;

  /** Makes the list of no shards, whose names are hashed with `hashKey`. */
  constructor(hashKey: HashKey) {
    this.#ids = new KeyStore(hashKey);
  }

  /** How many pieces of input there are, with and without a name. */
  get size(): number {
    return this.#ids.size + this.unnamed;
  }

  /**
   * Adds the shards of a state.
   *
   * @returns Whether they are new; `false` if an equal state was added before: then this one must not count.
   * @throws {SyntaxError} If a shard was added before with another state, so that this one can be neither
   * counted nor left out; or if a shard is in the state twice.
   */
  add({ shards, unnamed, checksum }: Pick<ReadState, "shards" | "unnamed" | "checksum">): boolean {
    const known = shards.filter(({ id }) => this.#ids.slotOf(0, id) !== -1);
    const isEqual = ({ id }: Shard) =>
      this.#read(this.#states, this.#ids.slotOf(0, id)) === checksum;
    const other = known.find((shard) => !isEqual(shard));
    if (other !== undefined) {
      throw new SyntaxError(
        `shard ${
          JSON.stringify(other.id)
        } was there before, with other content or with other shards`,
      );
    }
    if (known.length > 0) return false;
    for (const { id, lines, bytes, checksum: content } of shards) {
      if (this.#ids.slotOf(0, id) !== -1) {
        throw new SyntaxError(`shard ${JSON.stringify(id)} is in it twice`);
      }
      const slot = this.#ids.size;
      this.#ids.put(slot, 0, id);
      this.#lines.set(slot, lines);
      this.#bytes.set(slot, bytes);
      this.#write(this.#checksums, slot, content);
      this.#write(this.#states, slot, checksum);
    }
    this.unnamed += unnamed;
    return true;
  }

  /** The shard with a name, or `undefined` if it was not read. */
  get(id: string): Shard | undefined {
    const slot = this.#ids.slotOf(0, id);
    return slot === -1 ? undefined : this.#shardAt(slot);
  }

  /** All shards, by code point of the name. */
  shards(): Shard[] {
    const slots = new Uint32Array(this.#ids.size).map((_, slot) => slot);
    const sorted = slots.sort((a, b) => this.#ids.compare(a, b));
    return Array.from(sorted, (slot) => this.#shardAt(slot));
  }

  #shardAt(slot: number): Shard {
    return {
      id: this.#ids.textAt(slot),
      lines: this.#lines.at(slot),
      bytes: this.#bytes.at(slot),
      checksum: this.#read(this.#checksums, slot),
    };
  }

  #write(halves: readonly [NumberColumn, NumberColumn], slot: number, checksum: string): void {
    for (const [i, half] of halves.entries()) {
      half.set(slot, Number.parseInt(checksum.slice(8 * i, 8 * i + 8), 16));
    }
  }

  #read(halves: readonly [NumberColumn, NumberColumn], slot: number): string {
    return halves.map((half) => half.at(slot).toString(16).padStart(8, "0")).join("");
  }
}
