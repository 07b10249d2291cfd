import type { Stop } from "../../lib/lines/until_stopped.ts";

/** Makes a stop that comes when `now()` is called. */
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
