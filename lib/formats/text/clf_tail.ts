import { readDuration } from "../description/duration.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot, Unit } from "../description/shapes.ts";

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"`;
const SIZE = String.raw`(?:\d+|-)`;
/** A number that nginx writes is seconds with three decimals, that of Rack four, that of gunicorn six. */
const SECONDS = String.raw`(\d+\.(?:\d{6}|\d{3,4}))`;

/** What may follow the status of a line, and the unit of the duration in it; the first that fits counts. */
const TAILS: readonly (readonly [RegExp, Unit])[] = [
  // ingress-nginx: sizes, the duration, and upstreams in brackets.
  [new RegExp(String.raw`^ ${SIZE} ${QUOTED} ${QUOTED} ${SIZE} (\d+\.\d{3}) \[`), "s"],
  // APISIX: the duration before the referer.
  [new RegExp(String.raw`^ ${SIZE} (\d+\.\d{3}) ${QUOTED} ${QUOTED}`), "s"],
  // What many write into nginx's log_format: rt=$request_time.
  [
    new RegExp(String.raw`^ ${SIZE}(?: ${QUOTED}){0,4} (?:rt|request_time)=(\d+\.\d{3})(?: |$)`),
    "s",
  ],
  [new RegExp(String.raw`^ ${SIZE}(?: ${QUOTED}){0,4} ${SECONDS}$`), "s"],
  // Traefik, Reactor Netty: a unit says it.
  [new RegExp(String.raw`^ ${SIZE}(?: (?:${QUOTED}|[^\s"]+))* (\d+(?:\.\d+)?) ?ms$`), "ms"],
];
/** An integer has no unit: Apache's %D is microseconds and its %T seconds, of others %D is milliseconds. */
const BARE = new RegExp(String.raw`^ ${SIZE}(?: ${QUOTED}){1,4} \d+$`);
/** Without any of these there is no number that counts. */
const MAYBE = /\.\d{3}|ms$| \d+$/;
/** The most characters behind a status in which a duration is looked for. */
const MAX_LENGTH = 8192;

/** What is said of a line that ends with an integer. */
export const BARE_REMARK: string =
  "Lines end with an integer that may be a response time: its unit is not known, give the server's own template to " +
  "--format, as it stands in the configuration";

/** What the text behind a status tells. */
export interface ClfTail {
  /** The response time in microseconds. */
  readonly responseTimeUs: number | undefined;
  /** What is to be said of the line. */
  readonly remark?: string;
}

/**
 * Reads what follows the status of a line in Common Log Format: a duration, where its unit is sure.
 *
 * @param tail The line from behind its status on.
 * @returns The response time, if there is one.
 *
 * @example nginx with its request time, and a number without a unit
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readClfTail } from "./clf_tail.ts";
 *
 * assertEquals(readClfTail(' 512 "-" "curl/8.9.1" 0.015').responseTimeUs, 15_000);
 * assertEquals(readClfTail(' 512 "-" "curl/8.9.1" 15').responseTimeUs, undefined);
 * ```
 */
export function readClfTail(tail: string): ClfTail {
  if (tail.length > MAX_LENGTH || !MAYBE.test(tail)) return { responseTimeUs: undefined };
  for (const [pattern, unit] of TAILS) {
    const number = pattern.exec(tail)?.[1];
    if (number !== undefined) return { responseTimeUs: readDuration(number, unit) };
  }
  return BARE.test(tail)
    ? { responseTimeUs: undefined, remark: BARE_REMARK }
    : { responseTimeUs: undefined };
}

/** Behind a size, and perhaps a duration, stand the referer and the user agent. */
const AGENT = new RegExp(String.raw`^ ${SIZE}(?: \d+\.\d{3})? ${QUOTED} (${QUOTED})`);

/**
 * Reads the user agent behind the status of a line in Combined Log Format, as it stands between its quotes.
 *
 * @param tail The line from behind its status on.
 * @returns The user agent; `undefined` if there is none.
 *
 * @example The default of nginx
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readClfAgent } from "./clf_tail.ts";
 *
 * assertEquals(readClfAgent(' 512 "-" "curl/8.9.1"'), "curl/8.9.1");
 * assertEquals(readClfAgent(" 512"), undefined);
 * ```
 */
export function readClfAgent(tail: string): string | undefined {
  const agent = AGENT.exec(tail)?.[1]?.slice(1, -1).toWellFormed();
  return agent === "" || agent === "-" ? undefined : agent;
}

const QUOTED_SLOT: Slot = { to: "other", as: "quoted", escape: "backslash" };
const AGENT_SLOT: Slot = { ...QUOTED_SLOT, to: "userAgent" };
const COUNT_SLOT: Slot = { to: "other", as: "count" };
const REST_SLOT: Slot = { to: "other", as: "rest" };
const NO_QUOTES_SLOT: Slot = { to: "other", as: "words" };
const duration = (unit: Unit, decimals?: number): Slot => ({
  to: "responseTime",
  as: "decimal",
  unit,
  ...(decimals === undefined ? {} : { decimals }),
});
const TOKEN = new RegExp(String.raw` (?:(${QUOTED})|([^\s"]+))`, "y");
const COUNT = /^(?:\d+|-)$/;
/** A word that stays the same on all lines, like `kong_request_id:`. */
const NAME = /^[A-Za-z_]+:$/;

/**
 * Learns how the text behind a status is written: in pieces whose values change no rule that
 * {@linkcode readClfTail} goes by.
 *
 * @param tail The line from behind its status on.
 * @returns The pieces; `undefined` if it is written in another way.
 */
export function learnClfTail(tail: string): readonly Piece[] | undefined {
  if (tail.length > MAX_LENGTH) return undefined;
  const rule = TAILS.findIndex(([pattern]) => pattern.test(tail));
  const quoted: readonly Piece[] = [' "', QUOTED_SLOT, '" "', AGENT_SLOT, '"'];
  if (rule === 0) {
    const start: readonly Piece[] = [" ", COUNT_SLOT, ...quoted, " ", COUNT_SLOT, " "];
    return [...start, duration("s", 3), " [", NO_QUOTES_SLOT, "]", REST_SLOT];
  }
  if (rule === 1) return [" ", COUNT_SLOT, " ", duration("s", 3), ...quoted, REST_SLOT];
  return learnTokens(tail, rule);
}

function learnTokens(tail: string, rule: number): readonly Piece[] | undefined {
  const pieces: Piece[] = [], kinds: string[] = [];
  for (let at = 0; at < tail.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [found, isQuoted, word = ""] = TOKEN.exec(tail) ?? [];
    if (found === undefined) return undefined;
    const named = /^(rt|request_time)=\d+\.\d{3}$/.exec(word)?.[1];
    if (rule === 2 && named !== undefined) {
      return [...pieces, ` ${named}=`, duration("s", 3), REST_SLOT];
    }
    const isLast = TOKEN.lastIndex === tail.length;
    kinds.push(isQuoted !== undefined ? "quoted" : COUNT.test(word) ? "count" : "word");
    const isAgent = kinds.join(" ") === "count quoted quoted";
    const slots = isQuoted !== undefined
      ? ['"', isAgent ? AGENT_SLOT : QUOTED_SLOT, '"']
      : wordPieces(word, isLast, rule);
    if (slots === undefined) return undefined;
    pieces.push(" ", ...slots);
  }
  return pieces;
}

function wordPieces(word: string, isLast: boolean, rule: number): readonly Piece[] | undefined {
  if (COUNT.test(word)) return [COUNT_SLOT];
  if (NAME.test(word) && !isLast) return [word];
  if (!isLast) return undefined;
  if (rule === 3) return [duration("s", word.split(".")[1]!.length)];
  return rule === 4 && /^\d+(?:\.\d+)?ms$/.test(word) ? [duration("ms"), "ms"] : undefined;
}
