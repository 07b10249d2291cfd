import type { Stop } from "../../lines/until_stopped.ts";

const EXIT_CODES = Deno.build.os === "windows"
  ? { SIGINT: 130 }
  : { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
/** When a terminal closes, both the shell and the kernel send SIGHUP, within this time. */
const SAME_HANGUP_MS = 250;

/**
 * Catches the first signal that asks the program to end: Ctrl-C, `kill`, or a terminal that closes. The work
 * is then brought to an end. A second signal ends the process at once.
 */
export class Signals implements Stop {
  #exitCode: number | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #ignored: (() => void)[] = [];

  /** Starts to listen for signals. */
  constructor() {
    for (const [signal, exitCode] of Object.entries(EXIT_CODES) as [Deno.Signal, number][]) {
      const listener = () => this.#take(signal, exitCode);
      Deno.addSignalListener(signal, listener);
      this.#ignored.push(() => Deno.removeSignalListener(signal, listener));
    }
  }

  /** The exit code for the first signal: 129, 130 or 143; `undefined` before one came. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Whether a signal came. */
  get isStopped(): boolean {
    return this.#exitCode !== undefined;
  }

  /** Has `listener` called when the first signal comes; returns a function that removes it. */
  onStop(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(signal: Deno.Signal, exitCode: number): void {
    if (this.#exitCode !== undefined) return;
    this.#exitCode = exitCode;
    const endAtOnce = () => this.#ignored.splice(0).forEach((leave) => leave());
    if (signal === "SIGHUP") setTimeout(endAtOnce, SAME_HANGUP_MS);
    else endAtOnce();
    for (const listener of [...this.#listeners]) listener();
  }
}

/**
 * Waits until `work` ends, or until a signal makes its result useless.
 *
 * @param signals The signals.
 * @param work The work; after a signal it goes on, but nobody waits for it any longer.
 * @returns Whether the work ended before a signal came.
 * @throws What the work failed with, if it failed before a signal came.
 */
export async function endsBefore(signals: Signals, work: Promise<void>): Promise<boolean> {
  const { promise: signalled, resolve } = Promise.withResolvers<false>();
  const forget = signals.onStop(() => resolve(false));
  try {
    return await Promise.race([work.then(() => true), signalled]);
  } finally {
    forget();
  }
}
