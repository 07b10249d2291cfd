import type { Field } from "./part.ts";

const SHORT: Readonly<Record<string, string>> = {
  "%T": "%H:%M:%S",
  "%F": "%Y-%m-%d",
  "%R": "%H:%M",
  "%e": "%d",
  "%h": "%b",
};

const EPOCHS: Readonly<Record<string, Field>> = {
  "sec": { to: "timestamp", as: "epoch", unit: "s" },
  "%s": { to: "timestamp", as: "epoch", unit: "s" },
  "msec": { to: "timestamp", as: "epoch", unit: "ms" },
  "usec": { to: "timestamp", as: "epoch", unit: "us" },
  "sec.msec_frac": { to: "timestamp", as: "epoch", unit: "s" },
  "sec.usec_frac": { to: "timestamp", as: "epoch", unit: "s" },
  "%s.msec_frac": { to: "timestamp", as: "epoch", unit: "s" },
  "%s.usec_frac": { to: "timestamp", as: "epoch", unit: "s" },
  "%smsec_frac": { to: "timestamp", as: "epoch", unit: "ms" },
  "%susec_frac": { to: "timestamp", as: "epoch", unit: "us" },
  "msec_frac": { to: "other", as: "word" },
  "usec_frac": { to: "other", as: "word" },
};

/** Forms of times, with the separators, fractions and zones that they may have. */
const FORMS: readonly (readonly [form: RegExp, field: Field])[] = [
  [/^%d\/%b\/%Y:%H:%M:%S ?%z$/, { to: "timestamp", as: "clf" }],
  [/^%d\/%b\/%Y[: ]%H:%M:%S(?:[.,]%f)?(?: ?%[zZ])?$/, { to: "timestamp", as: "clock" }],
  [/^%Y-%m-%dT%H:%M:%S(?:[.,]%f)?(?:%z|Z)$/, { to: "timestamp", as: "zoned" }],
  [/^%Y([/-])%m\1%d[ T]%H:%M:%S(?:[.,]%f)?$/, { to: "timestamp", as: "local" }],
  [/^%Y([/-])%m\1%d[ T]%H:%M:%S(?:[.,]%f)? ?(?:%[zZ]|Z)$/, { to: "timestamp", as: "columns" }],
];

/** The forms of times that are known, as a message names them. */
export const KNOWN_TIMES =
  "%Y-%m-%dT%H:%M:%S%z, %Y-%m-%d %H:%M:%S, %d/%b/%Y:%H:%M:%S %z, sec, msec, usec, and fractions msec_frac, usec_frac";

/**
 * Tells how a time is written that strftime() makes.
 *
 * @param form The form; `msec_frac` and `usec_frac` stand for fractions.
 * @returns How it is written; `undefined` if it is not one of the known forms.
 */
export function timeField(form: string): Field | undefined {
  const epoch = Object.hasOwn(EPOCHS, form) ? EPOCHS[form] : undefined;
  if (epoch !== undefined) return epoch;
  const long = form
    .replaceAll(/%[TFReh]/g, (short) => SHORT[short]!)
    .replaceAll(/msec_frac|usec_frac|%[369]?f/g, "%f");
  return FORMS.find(([known]) => known.test(long))?.[1];
}
