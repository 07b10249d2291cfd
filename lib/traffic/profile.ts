import type { LogRecord } from "../../schema.ts";

/** What a run of traffic is made from. */
export interface TrafficOptions {
  /** How many records; `Infinity` for cycles of 5000 without end. */
  readonly count: number;
  /** Where randomness starts, an integer from 0 to 2^53 − 1. */
  readonly seed: number;
  /** Where the clock starts, in microseconds since the epoch. */
  readonly startUs: number;
  /** How many endpoints there are, instead of the eleven of the service. */
  readonly endpoints?: number | undefined;
  /** How many clients there are, instead of ten; up to 2^24. */
  readonly clients?: number | undefined;
  /** How much likelier the first of them are, as the exponent of Zipf's law; all alike without. */
  readonly zipf?: number | undefined;
}

/** A kind of traffic: the records of a run, in order, the same for the same options. */
export type Profile = (options: TrafficOptions) => Iterable<LogRecord>;
