/** Tells readers that they are to stop before the end of what they read. */
export interface Stop {
  /** Whether they are to stop. */
  readonly isStopped: boolean;
  /**
   * Asks to be called when they are to stop; who never waits for input may look at `isStopped` alone.
   *
   * @returns Takes the request back.
   */
  onStop(listener: () => void): () => void;
}

/** Reading was stopped: what was read ends anywhere, so its last line may go on in the input. */
export class Stopped extends Error {
  /** The name of the class, as it is reported. */
  override name = "Stopped";
}

/**
 * Passes a stream on until it is to stop. Each piece that was passed on has been looked at by then.
 *
 * @param source The stream; while it is waited for, a stop is noticed at once.
 * @param stop Tells when to stop; without it the stream is passed on to its end.
 * @throws {Stopped} If it was stopped; the source is left as it is, as it may never answer.
 *
 * @example A stop
 * ```ts
 * import { assertRejects } from "@std/assert";
 * import { Stopped, untilStopped } from "./until_stopped.ts";
 *
 * const endless = new ReadableStream<number>();
 * const stop = { isStopped: false, onStop: (listener: () => void) => (setTimeout(listener), () => {}) };
 * await assertRejects(() => Array.fromAsync(untilStopped(endless, stop)), Stopped);
 * ```
 */
export async function* untilStopped<T>(
  source: AsyncIterable<T>,
  stop: Stop | undefined,
): AsyncGenerator<T> {
  if (stop === undefined) return yield* source;
  const items = source[Symbol.asyncIterator]();
  let wake = (_: Stopped) => {};
  let isStopped = false;
  const forget = stop.onStop(() => wake(new Stopped("Reading was stopped")));
  try {
    for (;;) {
      // A promise for each item: a race with one for all of them would remember every item.
      const next = await new Promise<IteratorResult<T>>((resolve, reject) => {
        wake = reject;
        if (stop.isStopped) reject(new Stopped("Reading was stopped"));
        else items.next().then(resolve, reject);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    isStopped = error instanceof Stopped;
    throw error;
  } finally {
    forget();
    if (!isStopped) await items.return?.();
  }
}
