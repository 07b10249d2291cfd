import type { LogRecord } from "../../schema.ts";

/** The options of a run of traffic. */
export interface TrafficOptions {
  /** How many records to make; `Infinity` for endless cycles of 5000. */
  readonly count: number;
  /** The seed of the random numbers, an integer from 0 to 2^53 − 1. */
  readonly seed: number;
  /** The time at which the clock starts, in microseconds since the epoch. */
  readonly startUs: number;
  /** How many endpoints there are, instead of the eleven of the service. */
  readonly endpoints?: number | undefined;
  /** How many clients there are, instead of ten; up to 2^24. */
  readonly clients?: number | undefined;
  /** The exponent of Zipf's law, by which endpoints and clients are drawn; without it all are equally likely. */
  readonly zipf?: number | undefined;
}

/** A kind of traffic: the records of a run, in order, the same for the same options. */
export type Profile = (options: TrafficOptions) => Iterable<LogRecord>;
