/** How time is cut, how much traffic in one window makes a client suspicious, and how much is held. */
export interface WindowOptions {
  /** Length of a window in microseconds, a positive integer. */
  readonly windowUs: number;
  /** A client with more requests than this in one window is suspicious. */
  readonly suspiciousOver: number;
  /** Up to how many windows all figures are exact, at least 2. */
  readonly maxWindows?: number;
  /** Up to how many clients, each counted once in every window, all figures are exact. */
  readonly maxPairs?: number;
}
