import type { Stop } from "../../lines/until_stopped.ts";

const EXIT_CODES = Deno.build.os === "windows"
  ? { SIGINT: 130 }
  : { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
/** A terminal that goes is told by the shell and by the kernel, in this time. */
const SAME_HANGUP_MS = 250;

/**
 * Notices the first signal that ends a program: Ctrl-C, `kill`, or a terminal that goes. What goes on is to
 * be brought to an end; a second signal ends the process at once.
 */
export class Signals implements Stop {
  #exitCode: number | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #ignored: (() => void)[] = [];

  /** Notices signals from now on, until the process ends. */
  constructor() {
    for (const [signal, exitCode] of Object.entries(EXIT_CODES) as [Deno.Signal, number][]) {
      const listener = () => this.#take(signal, exitCode);
      Deno.addSignalListener(signal, listener);
      this.#ignored.push(() => Deno.removeSignalListener(signal, listener));
    }
  }

  /** The exit code that the first signal asks for: 129, 130 or 143. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Whether a signal came. */
  get isStopped(): boolean {
    return this.#exitCode !== undefined;
  }

  /** Asks to be called when a signal comes; the answer takes the request back. */
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
 * Waits for work to end, or for the signal that makes its result useless.
 *
 * @param work What is waited for; after a signal nobody waits for it any longer.
 * @returns Whether it ended.
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
