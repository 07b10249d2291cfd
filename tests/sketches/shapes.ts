import { Random } from "../../lib/traffic/random.ts";

/** How many values a shape has. */
export const COUNT = 20_000;

/** Values of many shapes; what a sketch promises must hold for each. */
export function shapes(): Readonly<Record<string, readonly number[]>> {
  const random = Random.fromSeed(42);
  const uniform = () => (random.next() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const times = (draw: () => number) => Array.from({ length: COUNT }, draw);
  const logNormal = times(() => Math.exp(3 + 2 * normal()));
  return {
    constant: times(() => 7),
    uniform: times(() => 1 + 999 * uniform()),
    "log-normal": logNormal,
    Pareto: times(() => (1 - uniform()) ** (-1 / 0.7)),
    bimodal: times(() => uniform() < 0.5 ? 10 + uniform() : 1e6 + uniform()),
    sorted: logNormal.toSorted((a, b) => a - b),
    reversed: logNormal.toSorted((a, b) => b - a),
    "with zeros": times(() => uniform() < 0.3 ? 0 : uniform()),
    "at the edges of buckets": times(() => (1.01 / 0.99) ** random.below(2000)),
    "of the widest range": times(() => 10 ** (15 * uniform())),
    "whole microseconds": times(() => random.below(300)),
  };
}
