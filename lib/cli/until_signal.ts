const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM"];
const EXIT_CODES: Partial<Record<Deno.Signal, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * Waits for work to end, or for the signal that ends it sooner (Ctrl-C, `kill`).
 *
 * After the first signal a second one ends the process at once.
 *
 * @param work What is waited for; nobody waits for it any longer once a signal came.
 * @returns The exit code that the signal asks for, 130 or 143; `undefined` if the work ended.
 */
export async function untilSignal(work: Promise<void>): Promise<number | undefined> {
  const { promise: signalled, resolve } = Promise.withResolvers<number | undefined>();
  const listeners = SIGNALS.map((signal) => {
    const listener = () => resolve(EXIT_CODES[signal]);
    Deno.addSignalListener(signal, listener);
    return () => Deno.removeSignalListener(signal, listener);
  });
  try {
    return await Promise.race([work.then(() => undefined), signalled]);
  } finally {
    for (const remove of listeners) remove();
  }
}
