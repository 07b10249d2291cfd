import { assert, assertEquals, assertThrows } from "@std/assert";
import { ShardList } from "../../lib/states/shard_list.ts";

type Source = Parameters<ShardList["add"]>[0];

// First, as it looks at the memory of the process.
Deno.test("ShardList takes at most 200 bytes a shard, its name included", () => {
  const list = new ShardList([1, 2]);
  const before = Deno.memoryUsage().external;
  for (let i = 0; i < 200_000; i++) {
    const hex = (i * 2_654_435_761).toString(16).padStart(16, "0");
    const shard = {
      id: `shards/2025-12-24/part-${i}`,
      lines: 1e6 + i,
      bytes: 1e9 + i,
      checksum: hex,
    };
    list.add({ shards: [shard], unnamed: 0, checksum: hex });
  }
  const bytes = (Deno.memoryUsage().external - before) / 200_000;
  assert(bytes > 30 && bytes <= 200, `${bytes} bytes a shard`);
});

function stateOf(ids: readonly string[], checksum: string, unnamed = 0): Source {
  const shards = ids.map((id) => ({ id, lines: 1, bytes: 2, checksum: "00000000000000ff" }));
  return { shards, unnamed, checksum };
}

Deno.test("ShardList counts equal states once, and refuses those that overlap otherwise", () => {
  const [one, two] = ["0000000000000001", "8000000000000002"];
  const list = new ShardList([1, 2]);
  assert(list.add(stateOf(["b"], one)) && list.add(stateOf(["a", "\u{1F600}", "c"], two)));
  assert(list.add(stateOf([], one, 3)) && list.add(stateOf([], one, 1)));
  assert(!list.add(stateOf(["b"], one)) && !list.add(stateOf(["a", "\u{1F600}", "c"], two)));
  assertEquals(list.size, 8);
  assertEquals(list.shards().map(({ id }) => id), ["a", "b", "c", "\u{1F600}"]);
  assertEquals(list.get("b"), { id: "b", lines: 1, bytes: 2, checksum: "00000000000000ff" });
  assertEquals(list.get("d"), undefined);
  const overlaps = [stateOf(["b"], two), stateOf(["d", "c"], "0000000000000003")];
  for (const [i, name] of ["b", "c"].entries()) {
    assertThrows(() => list.add(overlaps[i]!), SyntaxError, `shard "${name}" was there before`);
  }
  assertThrows(() => list.add(stateOf(["e", "e"], one)), SyntaxError, 'shard "e" is in it twice');
});
