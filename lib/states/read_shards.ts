import { LineCounts } from "../aggregates/line_counts.ts";
import {
  type JsonObject,
  readInteger,
  readIntegers,
  readList,
  readObject,
  readTexts,
  wrong,
} from "../tables/read_state.ts";
import type { Shard } from "./shard.ts";

/**
 * Reads what a state was made of.
 *
 * @param state The state, as it was parsed.
 * @returns The shards, and how many pieces of input had no name.
 * @throws {SyntaxError} If they have the wrong form, or are not what the analysis has found in them.
 */
export function readShards(
  state: JsonObject,
): { readonly shards: readonly Shard[]; readonly unnamed: number } {
  const shards = readList(state, "shards").map(readShard);
  const unnamed = readInteger(state, "unnamed", 0);
  const analysis = readObject(state["analysis"], "an analysis");
  const found = {
    lines: LineCounts.fromJSON(analysis["lines"]).lines(),
    bytes: readInteger(analysis, "bytes", 0),
  };
  for (const name of ["lines", "bytes"] as const) {
    const sum = shards.reduce((sum, shard) => sum + shard[name], 0);
    // What has no name may have had some, too.
    const isRight = unnamed === 0 ? sum === found[name] : sum <= found[name];
    if (!isRight) throw wrong("shards", `the ${found[name]} ${name} of the analysis, not ${sum}`);
  }
  return { shards, unnamed };
}

function readShard(value: unknown): Shard {
  const shard = readObject(value, "a shard"), { checksum } = shard;
  const [lines, bytes] = readIntegers({ sizes: [shard["lines"], shard["bytes"]] }, "sizes", {
    least: 0,
  });
  if (
    typeof shard["id"] !== "string" || typeof checksum !== "string" ||
    !/^[0-9a-f]{16}$/.test(checksum)
  ) {
    throw wrong("a shard", "an id and a checksum");
  }
  const [id] = readTexts({ id: [shard["id"]] }, "id");
  return { id: id!, lines: lines!, bytes: bytes!, checksum };
}
