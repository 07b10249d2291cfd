import { type Evidence, stretchOf } from "./evidence.ts";
import type { Weighed } from "./finding.ts";

/** A silence lasts at least so many windows. */
export const LEAST_WINDOWS = 3;

/** So many requests were due in a silence at least: none of 50 is no chance. */
export const LEAST_DUE = 50;

/** The rate around a silence is that of as long a time before and after, and at least of so many windows. */
export const WINDOWS_AROUND = 10;

/**
 * `silence`: at least {@linkcode LEAST_WINDOWS} windows without a request in which, at the rate around them,
 * {@linkcode LEAST_DUE} were due. The rate is the lower one of before and after, so that the end of a rush is none.
 * What is before the first request and after the last is none either.
 */
export function findSilence({ steps, stepUs, windowUs }: Evidence): Weighed[] {
  const { size, startsUs, requests } = steps;
  const silences: { readonly startUs: number; readonly endUs: number; readonly due: number }[] = [];
  for (let row = 1; row < size; row++) {
    const startUs = startsUs[row - 1]! + stepUs, endUs = startsUs[row]!, us = endUs - startUs;
    if (us < LEAST_WINDOWS * windowUs) continue;
    const aroundUs = Math.max(us, WINDOWS_AROUND * stepUs);
    let before = 0, after = 0;
    for (let i = row - 1; i >= 0 && startsUs[i]! >= startUs - aroundUs; i--) before += requests[i]!;
    for (let i = row; i < size && startsUs[i]! < endUs + aroundUs; i++) after += requests[i]!;
    const due = Math.min(before, after) * us / aroundUs;
    if (due >= LEAST_DUE) silences.push({ startUs, endUs, due });
  }
  const [longest] = silences.toSorted((a, b) => b.due - a.due || a.startUs - b.startUs);
  if (longest === undefined) return [];
  const { startUs, endUs, due } = longest;
  return [{
    finding: {
      rule: "silence",
      severity: "error",
      ...stretchOf(startUs, endUs),
      windows: (endUs - startUs) / windowUs,
      due_requests: Math.round(due),
      more: silences.length - 1,
    },
    weight: due,
  }];
}
