/** A request that took longer than so many microseconds is slow, unless said otherwise. */
export const SLOW_OVER_US = 1_000_000;

/** The options of tumbling windows: their length, the limit for suspicious clients, and the capacities. */
export interface WindowOptions {
  /** Length of a window in microseconds, a positive integer. */
  readonly windowUs: number;
  /** A client with more requests than this in one window is suspicious. */
  readonly suspiciousOver: number;
  /** A request that took longer than so many microseconds is slow ({@linkcode SLOW_OVER_US}). */
  readonly slowOverUs?: number;
  /** Up to how many windows all figures are exact, at least 2. */
  readonly maxWindows?: number;
  /** Up to how many pairs of a window and a client all figures are exact, at least 2. */
  readonly maxPairs?: number;
}

/** The default of `maxEndpoints`: for how many endpoints there is room. */
export const MAX_ENDPOINTS = 20_000;

/** The default of `maxClients`: for how many clients there is room. */
export const MAX_CLIENTS = 200_000;

/** The default of `maxWindows`: for how many windows there is room. */
export const MAX_WINDOWS = 100_000;

/** The default of `maxPairs`: for how many pairs of a window and a client there is room. */
export const MAX_PAIRS = 1_000_000;

/** For how many pairs of a window and what failed in it there is room, unless `maxPairs` is less. */
export const MAX_FAILED_PAIRS = 240_000;
