import { assert, assertEquals } from "@std/assert";
import { HyperLogLog } from "../../lib/sketches/hyper_log_log.ts";
import { Random } from "../../lib/traffic/random.ts";

function sketchOf(from: number, to: number, prefix = "key "): HyperLogLog {
  const sketch = new HyperLogLog();
  for (let i = from; i < to; i++) sketch.add(`${prefix}${i}`);
  return sketch;
}

Deno.test("HyperLogLog has a standard error of at most 0.8 %", () => {
  assert(HyperLogLog.STANDARD_ERROR <= 0.008);
  for (const size of [100, 1000, 20_000, 60_000, 100_000, 300_000]) {
    const errors = ["10.0.", "2001:db8::", "é ", "x".repeat(100)].map((prefix) =>
      sketchOf(0, size, prefix).estimate() / size - 1
    );
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    // Chi-squared of four: beyond 2.3 times the standard error comes once in ten thousand.
    assert(spread <= 2.3 * HyperLogLog.STANDARD_ERROR, `${size}: ${errors}`);
  }
});

Deno.test("HyperLogLog keeps within its error whatever the order and number of repeats", () => {
  const random = Random.fromSeed(7);
  const size = 40_000;
  const numbers = Array.from({ length: size }, (_, i) => i);
  const skewed = Array.from(
    { length: 400_000 },
    () => Math.floor(size * (random.next() / 2 ** 32) ** 3),
  );
  const shapes: Readonly<Record<string, readonly number[]>> = {
    constant: numbers.map(() => 7),
    sorted: numbers,
    reversed: numbers.toReversed(),
    shuffled: numbers.map((i) => i * 7919 % size),
    "few of most": skewed,
    "far apart": numbers.map((i) => 2 ** 40 * i),
    "powers of two": numbers.map((_, i) => 2 ** (i % 1000 - 500)),
  };
  for (const [shape, keys] of Object.entries(shapes)) {
    const sketch = new HyperLogLog();
    for (const key of keys) sketch.add(String(key));
    const exact = new Set(keys).size;
    const error = Math.abs(sketch.estimate() - exact);
    assert(
      error <= 4 * HyperLogLog.STANDARD_ERROR * exact + 0.01,
      `${shape}: ${error} of ${exact}`,
    );
  }
});

Deno.test("HyperLogLog tells nothing from little", () => {
  assertEquals(new HyperLogLog().estimate(), 0);
  for (const size of [1, 2, 10]) assertEquals(Math.round(sketchOf(0, size).estimate()), size);
});

Deno.test("HyperLogLog does not count a key twice", () => {
  const sketch = sketchOf(0, 5000);
  const before = sketch.estimate();
  sketch.merge(sketchOf(1000, 4000));
  for (let i = 0; i < 5000; i++) sketch.add(`key ${i}`);
  assertEquals(sketch.estimate(), before);
});

Deno.test("HyperLogLog merges to the sketch of all keys, in any order", () => {
  const whole = sketchOf(0, 30_000).estimate();
  const [a, b, c] = [sketchOf(0, 10_000), sketchOf(5000, 20_000), sketchOf(20_000, 30_000)];
  const reversed = sketchOf(20_000, 30_000);
  reversed.merge(b);
  reversed.merge(a);
  a.merge(b);
  a.merge(c);
  assertEquals([a.estimate(), reversed.estimate()], [whole, whole]);
});
