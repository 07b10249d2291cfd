import type { Stop } from "../../lib/lines/until_stopped.ts";

/** A stop that comes when it is told to. */
export function makeStop(): Stop & { readonly now: () => void } {
  const listeners = new Set<() => void>();
  const stop = {
    isStopped: false,
    onStop: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now: () => {
      stop.isStopped = true;
      listeners.forEach((listener) => listener());
    },
  };
  return stop;
}
