import { DDSketches } from "../../lib/sketches/dd_sketches.ts";
import { HyperLogLog } from "../../lib/sketches/hyper_log_log.ts";
import { PairCounts } from "../../lib/sketches/pair_counts.ts";
import { SpaceSaving } from "../../lib/sketches/space_saving.ts";
import { Random } from "../../lib/traffic/random.ts";

// A thousand operations each: what is shown in microseconds is nanoseconds for one.
const random = Random.fromSeed(1);
const addresses = Array.from(
  { length: 1000 },
  () => `10.0.${random.below(256)}.${random.below(256)}`,
);
const durations = Array.from({ length: 1000 }, () => random.below(3_000_000));
const hashKey = [1, 2] as const;

const few = new SpaceSaving({ capacity: 100_000, hashKey });
Deno.bench("SpaceSaving add(), known keys × 1000", () => {
  for (const address of addresses) few.add(0, address);
});

const many = new SpaceSaving({ capacity: 500, hashKey });
Deno.bench("SpaceSaving add(), keys that take the place of others × 1000", () => {
  for (const address of addresses) many.add(0, address);
});

const pairs = new PairCounts({ capacity: 1_000_000, hashKey });
Deno.bench("PairCounts add(), known pairs × 1000", () => {
  for (const address of addresses) pairs.add(29_442_240, address);
});

const flooded = new PairCounts({ capacity: 100_000, hashKey });
let window = 0;
Deno.bench("PairCounts add(), new pairs × 1000", () => {
  window++;
  for (const address of addresses) flooded.add(window, address);
});

const sketch = new DDSketches({ relativeAccuracy: 0.005, exactUpTo: 32 });
Deno.bench("DDSketches add() × 1000", () => {
  for (const duration of durations) sketch.add(duration, 0);
});
Deno.bench("DDSketches atRank() of the median", () => {
  sketch.atRank(Math.ceil(sketch.countOf(0) / 2), 0);
});

const distinct = new HyperLogLog();
Deno.bench("HyperLogLog add() × 1000", () => {
  for (const address of addresses) distinct.add(address);
});
Deno.bench("HyperLogLog estimate()", () => {
  distinct.estimate();
});
