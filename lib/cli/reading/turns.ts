/** How long work may go on before it lets signals and messages be handled, in milliseconds. */
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
  #lastMs = performance.now();

  /** Waits for a turn of the event loop if the last is more than {@linkcode TURN_MS} ago. */
  async next(): Promise<void> {
    if (performance.now() - this.#lastMs <= TURN_MS) return;
    // A timer is needed for signals to be handled too.
    await new Promise((resolve) => setTimeout(resolve));
    this.#lastMs = performance.now();
  }
}
