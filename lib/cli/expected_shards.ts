import { printable } from "../report/printable.ts";
import type { ShardList } from "../states/shard_list.ts";
import { CommandError } from "./command/command.ts";
import { describeMissingPermission, describeSystemError } from "./command/describe_system_error.ts";
import { quote } from "./command/say.ts";
import type { Expectation } from "./command/value_kinds.ts";

const MAX_NAMED = 5;

/**
 * The shards that must have been read. Without them, a shard that an engine lost would go unnoticed.
 */
export class ExpectedShards {
  readonly #count: number | undefined;
  /** The names of the shards, each with its size in bytes if that is known. */
  readonly #bytes = new Map<string, number | undefined>();

  private constructor(count: number | undefined) {
    this.#count = count;
  }

  /**
   * Reads which shards are expected.
   *
   * @param expectation A number of shards, or the path of a file with lines of ID, TAB and bytes; TAB and
   * bytes may be left out. `undefined` accepts any shards.
   * @throws {CommandError} If the file cannot be read, has a line of another form, has an ID twice, or has none.
   */
  static async from(expectation: Expectation | undefined): Promise<ExpectedShards> {
    if (expectation === undefined) return new ExpectedShards(undefined);
    if ("count" in expectation) return new ExpectedShards(expectation.count);
    const { manifest } = expectation;
    const expected = new ExpectedShards(undefined);
    for (const [i, line] of (await readManifest(manifest)).split(/\r?\n\uFEFF?/).entries()) {
      if (line === "") continue;
      const [, id, digits] = /^([^\t]+)(?:\t(\d{0,16}))?$/.exec(line) ?? [];
      if (id === undefined) {
        throw new CommandError(
          `Cannot use --expect ${quote(manifest)}:${i + 1}: expected ID, or ID, TAB and bytes`,
        );
      }
      if (expected.#bytes.has(id)) {
        throw new CommandError(
          `Cannot use --expect ${quote(manifest)}:${i + 1}: shard "${
            printable(id)
          }" is there twice`,
        );
      }
      expected.#bytes.set(id, digits ? Number(digits) : undefined);
    }
    if (expected.#bytes.size === 0) {
      throw new CommandError(`Cannot use --expect ${quote(manifest)}: it names no shard`);
    }
    return expected;
  }

  /**
   * Compares the shards that were read with those that are expected.
   *
   * @throws {CommandError} If their number is another, or if a shard is missing, has another size, or is not
   * expected.
   */
  check(list: ShardList): void {
    if (this.#count !== undefined && list.size !== this.#count) {
      throw new CommandError(`Cannot merge: expected ${this.#count} shards, found ${list.size}`);
    }
    if (this.#bytes.size === 0) return;
    const faults = [...this.#bytes].flatMap(([id, bytes]) => {
      const shard = list.get(id);
      if (shard === undefined) return [`shard "${printable(id)}" is missing`];
      if (bytes === undefined || shard.bytes === bytes) return [];
      return [`shard "${printable(id)}" has ${shard.bytes} bytes instead of ${bytes}`];
    });
    for (const { id } of list.shards()) {
      if (!this.#bytes.has(id)) faults.push(`shard "${printable(id)}" was not expected`);
    }
    if (list.unnamed > 0) faults.push(`${list.unnamed} without a name were not expected`);
    if (faults.length === 0) return;
    const more = faults.length - MAX_NAMED;
    if (more > 0) faults.splice(MAX_NAMED, more, `and ${more} more`);
    throw new CommandError(`Cannot merge: ${faults.join(", ")}`);
  }
}

async function readManifest(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    const why = describeMissingPermission(cause, `-R=${quote(path)}`) ?? describeSystemError(cause);
    throw new CommandError(`Cannot read --expect ${quote(path)}: ${why}`, { cause });
  }
}
