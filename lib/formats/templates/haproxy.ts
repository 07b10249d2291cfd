import { own } from "./nginx.ts";
import { type Field, type Language, OTHER } from "./part.ts";

const CLOCK: Field = { to: "timestamp", as: "clock", rank: 1 };
const ZONED: Field = { to: "timestamp", as: "clf" };
const WORDS: Field = { to: "other", as: "words" };

/** What the aliases of HAProxy's `log-format` write. Times are milliseconds; `%Ta` is that of the whole request. */
const ALIASES: Readonly<Record<string, Field>> = {
  ci: { to: "ip", as: "client" },
  tr: CLOCK,
  t: { ...CLOCK, rank: 3 },
  trg: ZONED,
  trl: ZONED,
  T: { ...ZONED, rank: 2 },
  Tl: { ...ZONED, rank: 2 },
  Ts: { to: "timestamp", as: "epoch", unit: "s", rank: 4 },
  r: { to: "request", as: "request" },
  HM: { to: "method", as: "token" },
  HU: { to: "endpoint", as: "word" },
  HPO: { to: "endpoint", as: "word", rank: 1 },
  HP: { to: "endpoint", as: "word", rank: 2 },
  HQ: { to: "query", as: "word" },
  ST: { to: "status", as: "status" },
  Ta: { to: "responseTime", as: "decimal", unit: "ms" },
  Tt: { to: "responseTime", as: "decimal", unit: "ms", rank: 1 },
  hr: WORDS,
  hs: WORDS,
  ...Object.fromEntries(
    ("cp ms ft f b s B U CC CS tsc ts ac fc bc sc rc sq bq H HV ID lc pid rt si sp bi bp fi fp " +
      "sslv sslc Tc Td Th Ti Tq TR Tr Tw Tu hrl hsl")
      .split(" ").map((name) => [name, OTHER]),
  ),
};

/** `log-format` of HAProxy. */
export const HAPROXY: Language = {
  name: "HAProxy",
  token:
    /%(?:(%)|\{[^}]*\}o ?|h[rs] |(?:\{([^}]*)\})?(?:(\[(?:[^\[\]]|\[[^\]]*\])*\])|([A-Za-z]+)))/y,
  partsOf: ([token, percent, flags, expression, alias]) => {
    if (percent !== undefined) return ["%"];
    if (/^%\{[^}]*\}o ?$/.test(token)) return [];
    // Nothing is written of captures that there are none of, not even the space behind them.
    if (/^%h[rs] $/.test(token)) return [WORDS];
    const field = expression !== undefined ? fieldOf(expression) : own(ALIASES, alias!);
    if (field === undefined) return undefined;
    return flags?.includes("+Q") ? ['"', field, '"'] : [field];
  },
  known: Object.keys(ALIASES).map((name) => `%${name}`),
  hasEscapes: false,
};

/** What sample expressions write that many templates have. */
function fieldOf(expression: string): Field {
  if (/^\[src(?:[,\]])/.test(expression)) return { to: "ip", as: "client", rank: 1 };
  if (/^\[(?:capture\.req\.uri|url|pathq)\]/.test(expression)) {
    return { to: "endpoint", as: "word", rank: 3 };
  }
  if (/^\[(?:capture\.req\.)?method\]/.test(expression)) return { to: "method", as: "token" };
  return WORDS;
}
