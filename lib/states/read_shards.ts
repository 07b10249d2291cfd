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
 * Reads the list of the pieces of input that a state was made of.
 *
 * @param state The state as parsed JSON.
 * @returns The shards, which have a name, and how many pieces have none.
 * @throws {SyntaxError} If a member has the wrong form, or the shards do not have the lines and bytes of the
 * analysis.
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
    // Pieces without a name have lines and bytes too.
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
