import type { FailureKind } from "../aggregates/window_failures.ts";
import { logBinomialTail, logPoissonTail } from "./chance.ts";
import { type Evidence, stretchOf } from "./evidence.ts";
import type { Weighed } from "./finding.ts";

/** A burst has at least so many failures: fewer are no burst, however rare failures are. */
export const LEAST_FAILURES = 5;

/** A burst has at least so many times the failures that are usual in so many requests. */
export const LEAST_RATIO = 3;

/** The chance, corrected for the number of stretches that were looked at, that a burst must stay below. */
export const MOST_CHANCE = 0.001;

/** The endpoint, the status or the client is named that makes at least this share of a burst. */
export const LEAST_SHARE = 0.8;

/** At least this share of all requests must fail, and as many failures come, for failures to be called steady. */
export const STEADY_RATE = 0.05, STEADY_FAILURES = 30;

/** A slow stretch holds at least this share of the slow requests, and there are at least so many. */
export const SLOW_SHARE = 0.9, LEAST_SLOW = 10;

/** A slow stretch is shorter than this share of the span of the log. */
export const MOST_OF_SPAN = 0.1;

/** In a slow stretch requests are slow at least so many times as often as outside: else requests alone come in it. */
export const LEAST_SLOW_RATIO = 3;

/**
 * `failure_burst`: the stretch of windows with most failures beyond the usual, where the usual is the share of requests
 * that fail outside it. Failures are compared with requests, so that a busy hour is none.
 *
 * The stretch is that of the largest sum of failures less what a rate between the usual one and that of the stretch would
 * give: with the usual rate itself the stretch would run on over whatever noise is around it. It is beyond chance if a
 * Poisson variable of the usual mean is that large in none of the stretches that there are, but for one in a thousand
 * logs; and if, of all failures, so many would not fall into it by themselves.
 *
 * `steady_failures`: many requests fail, and there is no such stretch. That is said, as whoever looks for the time of
 * an outage would look in vain.
 *
 * @see Lucas (1985), "Counted data CUSUM's", Technometrics 27(2), for the rate between; Kulldorff (1997), "A spatial
 * scan statistic", Communications in Statistics 26(6), for the chance given the sum.
 */
export function findFailureBurst(evidence: Evidence): Weighed[] {
  const burst = largestBurst(evidence);
  return burst === undefined ? findSteadyFailures(evidence) : [toFinding(burst, evidence)];
}

interface Burst {
  readonly first: number;
  readonly last: number;
  readonly requests: number;
  readonly failed: number;
  /** The logarithm of its chance. */
  readonly chance: number;
}

/** The burst that is least likely to be chance, of those that are found from several rates to begin with. */
function largestBurst(evidence: Evidence): Burst | undefined {
  const { steps, total, failed } = evidence;
  if (failed < LEAST_FAILURES) return undefined;
  const rates = steps.failed.slice();
  for (let row = 0; row < steps.size; row++) rates[row]! /= steps.requests[row]!;
  rates.sort();
  // An outage may be most of the log: then the usual rate is that of its best windows.
  const starts = QUANTILES.map((share) => rates[Math.floor(share * (steps.size - 1))]!);
  const least = 1 / (total.requests + 1);
  const usual = new Set([failed / total.requests, ...starts].map((rate) => Math.max(rate, least)));
  const seen = new Map<number, number>();
  const bursts = [...usual].flatMap((rate) => burstFrom(rate, evidence, seen) ?? []);
  return bursts.toSorted((a, b) => a.chance - b.chance || a.first - b.first)[0];
}

const QUANTILES = [0, 0.1, 0.25, 0.5];

/**
 * Looks for the burst from a rate that may be the usual one.
 *
 * @param rate The rate.
 * @param evidence The steps, and how many requests there are and failed.
 * @param seen For each stretch that was on the way, the rate from which it was seen; those of this way are added.
 * @returns The burst; `undefined` if there is none, or if another rate has led to a stretch on the way: what follows
 * from that is known.
 */
function burstFrom(
  rate: number,
  { steps, total, failed: allFailed }: Evidence,
  seen: Map<number, number>,
): Burst | undefined {
  let usual = rate, inside = LEAST_RATIO * usual;
  let found = { first: -1, last: -1 }, requests = 0, failed = 0;
  // What is outside tells the usual rate, and that tells what is outside: a few rounds settle it.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { first, last } = largestExcess(steps.failed, steps.requests, between(usual, inside));
    const stretch = first * steps.size + last, seenFrom = seen.get(stretch) ?? rate;
    if (seenFrom !== rate) return undefined;
    if (seen.has(stretch)) break;
    seen.set(stretch, rate);
    found = { first, last };
    requests = sumOf(steps.requests, first, last);
    failed = sumOf(steps.failed, first, last);
    // One failure more, so that the rate of none among few is not taken for none among many.
    usual = (allFailed - failed + 1) / (total.requests - requests + 1);
    inside = Math.max(failed / requests, LEAST_RATIO * usual);
  }
  if (requests === total.requests) return undefined;
  const expected = usual * requests;
  if (failed < LEAST_FAILURES || failed < LEAST_RATIO * expected) return undefined;
  const stretches = steps.size * (steps.size + 1) / 2;
  // Where little is outside, the usual rate is itself a matter of chance: then the second is the larger one.
  const chance = Math.log(stretches) + Math.max(
    logPoissonTail(failed, expected),
    logBinomialTail(failed, allFailed, requests / total.requests),
  );
  return chance <= Math.log(MOST_CHANCE) ? { ...found, requests, failed, chance } : undefined;
}

const MOST_ROUNDS = 10;

/** The rate that best tells a higher one from the usual: failures beyond it speak for the higher one. */
function between(usual: number, higher: number): number {
  return (higher - usual) / Math.log(higher / usual);
}

function toFinding({ first, last, requests, failed }: Burst, evidence: Evidence): Weighed {
  const { steps, stepUs, total } = evidence;
  const startUs = steps.startsUs[first]!, endUs = steps.startsUs[last]! + stepUs;
  const { windows } = evidence.analysis.answers;
  const top = (kind: FailureKind) => windows.failedIn(kind, startUs, endUs).first(1)[0];
  const most = (kind: FailureKind) => {
    const first = top(kind), sure = first === undefined ? 0 : first.failed - first.error;
    return sure >= LEAST_SHARE * failed ? first!.text : null;
  };
  const [endpoint, status, client] = [most("endpoints"), most("statuses"), most("clients")];
  const { subject, ...stretch } = stretchOf(startUs, endUs);
  const serverErrors = windows.failedIn("statuses", startUs, endUs).first(Infinity)
    .reduce((sum, one) => sum + (one.text.startsWith("5") ? one.failed : 0), 0);
  const about = [endpoint, status, client].filter((one) => one !== null);
  return {
    finding: {
      rule: "failure_burst",
      severity: 2 * serverErrors >= failed ? "error" : "warning",
      subject: [subject, ...about].join(" "),
      ...stretch,
      requests,
      failed_requests: failed,
      error_rate: failed / requests,
      usual_error_rate: (evidence.failed - failed) / (total.requests - requests),
      share_of_failures: failed / evidence.failed,
      endpoint,
      status: status === null ? null : Number(status),
      client,
    },
    weight: failed,
    inBurst: endpoint === null ? undefined : { endpoint, failed: top("endpoints")!.failed },
  };
}

function findSteadyFailures({ total, failed, steps, ...evidence }: Evidence): Weighed[] {
  if (failed < STEADY_FAILURES || failed < STEADY_RATE * total.requests) return [];
  // A log of one window has no worst one.
  const worst = steps.size < 2 ? null : evidence.worst;
  const failedInWorst = worst && worst.failed4xx + worst.failed5xx + worst.failedOther;
  return [{
    finding: {
      rule: "steady_failures",
      severity: "info",
      subject: "failures are no outburst",
      failed_requests: failed,
      error_rate: failed / total.requests,
      error_rate_of_worst_window: worst && failedInWorst! / worst.requests,
    },
    weight: failed,
  }];
}

/**
 * `slow_burst`: the shortest stretch of windows that holds at least 90 % of the slow requests, if there are at least
 * {@linkcode LEAST_SLOW} and it is shorter than a tenth of the span. Nearly all that was slow had one cause then.
 */
export function findSlowBurst({ steps, stepUs, total }: Evidence): Weighed[] {
  const { size, startsUs, slow, requests } = steps, wanted = SLOW_SHARE * total.slow;
  if (total.slow < LEAST_SLOW) return [];
  const spanUs = startsUs[size - 1]! + stepUs - startsUs[0]!;
  let best = { first: 0, last: size - 1, us: Infinity }, inside = 0, first = 0;
  for (let last = 0; last < size; last++) {
    inside += slow[last]!;
    while (inside - slow[first]! >= wanted) inside -= slow[first++]!;
    const us = startsUs[last]! + stepUs - startsUs[first]!;
    if (inside >= wanted && us < best.us) best = { first, last, us };
  }
  if (!(best.us < MOST_OF_SPAN * spanUs)) return [];
  const slowInside = sumOf(slow, best.first, best.last);
  const requestsInside = sumOf(requests, best.first, best.last);
  const rateOutside = (total.slow - slowInside) / (total.requests - requestsInside);
  if (slowInside / requestsInside < LEAST_SLOW_RATIO * rateOutside) return [];
  const startUs = startsUs[best.first]!;
  return [{
    finding: {
      rule: "slow_burst",
      severity: "warning",
      ...stretchOf(startUs, startUs + best.us),
      requests: requestsInside,
      slow_requests: slowInside,
      slow_requests_in_all: total.slow,
    },
    weight: slowInside,
  }];
}

/** The stretch of rows with the largest sum of `hits` less `rate` times `all` (Kadane's algorithm). */
function largestExcess(
  hits: Float64Array,
  all: Float64Array,
  rate: number,
): { readonly first: number; readonly last: number } {
  // No tuples here: there may be a hundred thousand rows, and many rounds.
  let best = -Infinity, sum = 0, start = 0, first = 0, last = 0;
  for (let row = 0; row < hits.length; row++) {
    if (sum <= 0) {
      sum = 0;
      start = row;
    }
    sum += hits[row]! - rate * all[row]!;
    if (sum <= best) continue;
    best = sum;
    first = start;
    last = row;
  }
  return { first, last };
}

function sumOf(column: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let row = first; row <= last; row++) sum += column[row]!;
  return sum;
}
