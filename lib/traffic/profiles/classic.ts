import type { LogRecord } from "../../../schema.ts";
import type { TrafficOptions } from "../profile.ts";
import { Random } from "../random.ts";
import { Population } from "./population.ts";

type Range = readonly [least: number, most: number];

interface Phase {
  /** The end of the phase, in percent of the run. */
  readonly until: number;
  /** Response times in milliseconds. */
  readonly responseMs: Range;
}

const FAST: Range = [20, 80];
const NORMAL: Range = [80, 300];
const SLOW: Range = [300, 1000];
const VERY_SLOW: Range = [1000, 3000];

const PHASES: readonly Phase[] = [
  { until: 10, responseMs: FAST },
  { until: 30, responseMs: NORMAL },
  { until: 40, responseMs: SLOW },
  { until: 70, responseMs: NORMAL },
  { until: 80, responseMs: VERY_SLOW },
  { until: 90, responseMs: FAST },
  { until: 100, responseMs: NORMAL },
];

/** The time between two requests, in milliseconds: normal, sparse and dense traffic. */
const GAPS: readonly { readonly gapMs: Range; readonly weight: number }[] = [
  { gapMs: [10, 200], weight: 7 },
  { gapMs: [60_000, 300_000], weight: 3 },
  { gapMs: [1, 5], weight: 2 },
];

type Answer = readonly [endpoint: string, statusCode: number];

const METHODS: readonly (readonly [method: string, answers: readonly Answer[]])[] = [
  ["GET", [
    ["/health", 200],
    ["/api/tasks/999", 404],
    ["/api/tasks/7", 200],
    ["/api/tasks", 200],
    ["/api/tasks/476", 200],
    ["/api/tasks/123", 200],
    ["/api/tasks/123", 404],
    ["/api/tasks/13", 200],
  ]],
  ["POST", [
    ["/api/tasks", 201],
    ["/api/tasks", 400],
    ["/api/tasks/900", 200],
    ["/api/tasks/476", 500],
    ["/api/tasks/13", 200],
  ]],
  ["PUT", [
    ["/api/tasks/42", 200],
    ["/api/tasks/13", 400],
    ["/api/tasks/7", 500],
    ["/api/tasks/7", 200],
  ]],
  ["DELETE", [
    ["/api/tasks/42", 204],
    ["/api/tasks/999", 404],
    ["/api/tasks/89", 200],
    ["/api/tasks/5", 500],
    ["/api/tasks/5", 204],
  ]],
];

const IPS: readonly string[] = [
  "23.91.184.12",
  "45.77.203.89",
  "103.82.156.44",
  "142.250.72.198",
  "54.179.33.7",
  "18.216.94.61",
  "8.34.67.221",
  "91.198.174.192",
  "66.249.64.87",
  "157.240.12.35",
];

const USER_AGENTS: readonly string[] = ["Mozilla", "Chrome", "Safari"];

const CYCLE = 5000;

/**
 * Generates the traffic of a small task service, on a day with seven phases, from fast to very slow and back.
 * Memory does not grow with the number of records.
 *
 * For each phase it draws once whether requests come at a normal, sparse or dense rate. So some windows
 * have many requests and failures, and most have few.
 *
 * @param options How many records, the seed, and the time at which the clock starts.
 * @returns The records, earliest first.
 *
 * @example The first record comes after the first gap
 * ```ts
 * import { assert } from "@std/assert";
 * import { classicTraffic } from "./classic.ts";
 *
 * const [record] = classicTraffic({ count: 1, seed: 42, startUs: 0 });
 * assert(record !== undefined && record.timestampUs >= 1000);
 * ```
 */
export function* classicTraffic(options: TrafficOptions): Generator<LogRecord> {
  const random = Random.fromSeed(options.seed);
  const perCycle = options.count === Infinity ? CYCLE : options.count;
  const cycles = options.count === Infinity ? Infinity : 1;
  const population = new Population(options);
  let nowUs = options.startUs;

  for (let cycle = 0; cycle < cycles; cycle++) {
    let i = 0;
    for (const { until, responseMs } of PHASES) {
      const end = Math.floor(until * perCycle / 100);
      if (i === end) continue;
      const { gapMs } = random.pickWeighted(GAPS);
      for (; i < end; i++) {
        nowUs += random.between(...gapMs) * 1000;
        yield population.change(random, drawRecord(random, responseMs, nowUs));
      }
    }
  }
}

function drawRecord(random: Random, responseMs: Range, timestampUs: number): LogRecord {
  const [method, answers] = random.pick(METHODS);
  const [endpoint, statusCode] = random.pick(answers);
  return {
    method,
    endpoint,
    statusCode,
    ip: random.pick(IPS),
    responseTimeUs: random.between(...responseMs) * 1000,
    userAgent: random.pick(USER_AGENTS),
    timestampUs,
  };
}
