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
