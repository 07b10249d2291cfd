/** How long work may go on before it lets signals and messages be handled, in milliseconds, if not told otherwise. */
export const TURN_MS = 100;

/**
 * Lets the event loop turn from time to time in work that never waits: signals and messages are handled then.
 *
 * @example A timer that comes meanwhile
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TURN_MS, Turns } from "./turns.ts";
 *
 * const turns = new Turns(), start = performance.now();
 * let isHeard = false;
 * setTimeout(() => isHeard = true);
 * while (!isHeard) await turns.next();
 * assertEquals(performance.now() - start > TURN_MS, true);
 * ```
 */
export class Turns {
  readonly #everyMs: number;
  #lastMs = performance.now();

  /** Starts the clock; `everyMs` is how many milliseconds may pass between turns. */
  constructor(everyMs: number = TURN_MS) {
    this.#everyMs = everyMs;
  }

  /** Waits for a turn of the event loop if the last is too long ago. */
  async next(): Promise<void> {
    if (performance.now() - this.#lastMs <= this.#everyMs) return;
    // A timer is needed for signals to be handled too.
    await new Promise((resolve) => setTimeout(resolve));
    this.#lastMs = performance.now();
  }
}
