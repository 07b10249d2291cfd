import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { TextMap } from "../../lib/sketches/text_map.ts";
import { NumberMap } from "../../lib/sketches/number_map.ts";

Deno.test("TextMap is a Map of text", () => {
  const key = fc.oneof(
    fc.constantFrom("", "0", "12", "#", "#12", "##12", "4294967295", "99999999999", "__proto__"),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(fc.property(fc.array(fc.tuple(key, fc.nat())), (entries) => {
    const [map, expected] = [new TextMap<number>(), new Map<string, number>()];
    for (const [key, value] of entries) {
      assertEquals(map.get(key), expected.get(key));
      map.set(key, value);
      expected.set(key, value);
    }
    assertEquals([...map], [...expected]);
    assertEquals(map.size, expected.size);
  }));
});

/** The quickest of several runs, in milliseconds. */
function timeOf(run: () => void): number {
  return Math.min(...Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }));
}

Deno.test("TextMap is not flooded by keys whose hashes the engine does not seed", () => {
  const colliding = Array.from({ length: 4400 }, (_, i) => String(1_001_472 + 2048 * i))
    .filter((key) => key.length === 7);
  const others = colliding.map((key) => `/${key}`);
  const fill = (keys: readonly string[]) => () => {
    const texts = keys.map((key) => ` ${key}`);
    const map = new TextMap<number>();
    for (let round = 0; round < 10; round++) {
      for (const text of texts) {
        // As from a log: the same text, but another string.
        const key = text.slice(1);
        map.set(key, (map.get(key) ?? 0) + 1);
      }
    }
  };
  const [flooded, usual] = [timeOf(fill(colliding)), timeOf(fill(others))];
  assert(flooded < 5 * usual, `${flooded} ms instead of ${usual} ms`);
});

Deno.test("NumberMap is not flooded by keys that collide", () => {
  const colliding: number[] = [];
  for (let i = 0; colliding.length < 3000; i++) {
    if ((hashOfInteger(i) & 0x1FFF) === 0) colliding.push(i);
  }
  const fill = (keys: readonly number[]) => () => {
    const map = new NumberMap<number>(123_456_789);
    for (const key of keys) map.set(key, (map.get(key) ?? 0) + 1);
  };
  const [flooded, usual] = [timeOf(fill(colliding)), timeOf(fill(colliding.map((_, i) => i)))];
  assert(flooded < 5 * usual, `${flooded} ms instead of ${usual} ms`);
});

/** V8's hash of a small integer, which has no seed. */
function hashOfInteger(value: number): number {
  let hash = (~value + (value << 15)) >>> 0;
  hash = (hash ^ (hash >>> 12)) >>> 0;
  hash = (hash + (hash << 2)) >>> 0;
  hash = (hash ^ (hash >>> 4)) >>> 0;
  hash = Math.imul(hash, 2057) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}
