/** A signal for readers to stop before the end of their input. */
export interface Stop {
  /** Whether the readers are to stop. */
  readonly isStopped: boolean;
  /**
   * Has `listener` called when the readers are to stop. A reader that never waits for input may look at
   * `isStopped` alone.
   *
   * @returns A function that removes the listener.
   */
  onStop(listener: () => void): () => void;
}

/** The error of a reading that was stopped: the last line that was read may be incomplete. */
export class Stopped extends Error {
  /** The name of the class, as it is reported. */
  override name = "Stopped";
}

/**
 * Passes a stream on until `stop` stops it. It stops only while the next piece is asked for, so the caller is done
 * with all pieces by then.
 *
 * @param source The stream; a stop is noticed at once, even while a piece of it is awaited.
 * @param stop Says when to stop; without it the stream is passed on to its end.
 * @returns The pieces of the stream.
 * @throws {Stopped} If it was stopped. The source is not closed then, as it may never answer.
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
