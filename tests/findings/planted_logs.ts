import type { LogRecord } from "../../schema.ts";
import { MINUTE } from "./make_logs.ts";

/** The first instant of a planted log, in minutes since the epoch: 2026-01-05T08:00:00Z. */
export const START: number = Date.UTC(2026, 0, 5, 8) / 60_000;

/** How many minutes a planted log lasts, unless said otherwise. */
export const MINUTES = 180;

/** A request, and what is to become of it. */
export type Fault = (record: LogRecord, minute: number, random: ParkMiller) => LogRecord;

/** What is planted in a log. */
export interface Plan {
  /** How many minutes it lasts ({@linkcode MINUTES}). */
  readonly minutes?: number;
  /** How many requests a minute has in the mean (60). */
  readonly rate?: (minute: number) => number;
  /** What becomes of each request of healthy traffic. */
  readonly fault?: Fault;
  /** What comes in a minute as well. */
  readonly more?: (minute: number, random: ParkMiller) => readonly Partial<LogRecord>[];
}

/** Endpoints, each twice or more as often as its share of nine tells. */
const ENDPOINTS = [
  ...["/", "/", "/", "/", "/api/items", "/api/items", "/api/items", "/api/items"],
  ...["/login", "/login", "/search", "/search", "/search", "/cart", "/cart", "/static/app.js"],
  ...["/static/app.js", "/api/orders", "/health", "/api/users"],
];
const CLIENTS = 60, FAILURE_RATE = 0.004, FAILED_STATUSES = [400, 404, 404, 500, 502];
const MEDIAN_US = 80_000, SPREAD = 0.7;

/** Random numbers that are the same for the same seed everywhere: the minimal standard of Park and Miller. */
export class ParkMiller {
  #state: number;

  /** Makes a generator of a seed from 1 to 2^31 - 2. */
  constructor(seed: number) {
    this.#state = seed;
    // Seeds that are alike begin alike.
    for (let i = 0; i < 8; i++) this.next();
  }

  /** A number between 0 and 1. */
  next(): number {
    this.#state = this.#state * 48_271 % 2_147_483_647;
    return this.#state / 2_147_483_647;
  }

  /** One of some. */
  pick<One>(some: readonly One[]): One {
    return some[Math.floor(this.next() * some.length)]!;
  }

  /** A whole number of the Poisson distribution. */
  poisson(mean: number): number {
    let count = -1;
    for (let sum = 0; sum <= mean; count++) sum -= Math.log(this.next());
    return count;
  }

  /** A number of the standard normal distribution (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}

/** Yields the records of a log with a fault, or of a healthy one; the same for the same seed. */
export function* plantedLog(
  seed: number,
  { minutes = MINUTES, rate = () => 60, fault = (record) => record, more = () => [] }: Plan = {},
): Generator<LogRecord> {
  const random = new ParkMiller(seed);
  for (let minute = 0; minute < minutes; minute++) {
    for (let count = random.poisson(rate(minute)); count > 0; count--) {
      yield fault(healthyRecord(minute, random), minute, random);
    }
    for (const fields of more(minute, random)) {
      yield { ...healthyRecord(minute, random), ...fields };
    }
  }
}

function healthyRecord(minute: number, random: ParkMiller): LogRecord {
  return {
    method: "GET",
    endpoint: random.pick(ENDPOINTS),
    statusCode: random.next() < FAILURE_RATE ? random.pick(FAILED_STATUSES) : 200,
    ip: `192.0.2.${1 + Math.floor(random.next() * CLIENTS)}`,
    responseTimeUs: Math.round(MEDIAN_US * Math.exp(SPREAD * random.normal())),
    userAgent: undefined,
    timestampUs: (START + minute) * MINUTE + Math.floor(random.next() * MINUTE),
  };
}
