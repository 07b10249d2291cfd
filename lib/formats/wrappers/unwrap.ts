import { type ReadingOptions, USUAL_READING } from "../description/format.ts";
import { type JsonObject, parseJson } from "../json/parse_json.ts";
import { unwrapJson, type Unwrapped, unwrapped } from "./unwrap_json.ts";

const TIME = String
  .raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?`;
/** A container runtime's line: time, stream and tags, the first of which is P for a piece that goes on. */
const CRI = new RegExp(String.raw`^(${TIME}) (stdout|stderr) ([PF])(?::[A-Za-z]+)* (.*)$`, "s");
/** The name of a service that Docker Compose puts before its lines. */
const COMPOSE = /^((?!\d+\.)[A-Za-z0-9][\w.-]{0,127}) *\| (.*)$/s;
const POD = /^\[pod\/[\w.-]+(?:\/[\w.-]+)*\] (.*)$/s;
/** RFC 3164, and what syslog daemons write into files: priority, time, host, tag and process. */
const SYSLOG = new RegExp(
  String.raw`^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|(${TIME})) ` +
    String.raw`(?:[\w.:-]{1,255} )?[\w./-]{1,64}(?:\[[^\]\s]{1,64}\])?: ?(.*)$`,
  "s",
);
/** RFC 5424 from its version on, behind an octet count (RFC 6587) and the priority. */
const SYSLOG_5424 = new RegExp(
  String.raw`^(?:\d{1,6} )?<\d{1,3}>1 (?:(${TIME})|-) \S+ \S+ \S+ \S+ (.*)$`,
  "s",
);
const STRUCTURED_DATA = /^(?:-|(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+)(?: |$)/;
/** A time before a line, perhaps with labels, or a program, between. */
const TIMED = new RegExp(
  String.raw`^(${TIME}) (?:\{(?:[^}"]|"(?:[^"\\]|\\.)*")*\} |[\w./-]+(?:\[[^\]\s]*\])?: )?(.*)$`,
  "s",
);
const PROGRAM =
  /^(?:[\w.-]{1,255} )?(?:nginx|apache2?|httpd|haproxy|caddy|traefik)(?:\[\d+\])?: (.*)$/s;
/** The names of a stream, a pod or a container before an object. */
const NAMED_OBJECT = /^(?:[\w./$[\]-]{1,255}:? ){1,2}(\{.*\})$/s;
// deno-lint-ignore no-control-regex -- colours begin with an escape character
const COLOURS = /\x1B\[[\d;]*[mK]/g;
// deno-lint-ignore no-control-regex -- what a file that was cut short is filled with
const FILLED = /^\x00+/;
/** A control character, as rsyslog writes it. */
const OCTAL = /#(0[0-3][0-7])/g;
/** What syslog daemons write in place of equal messages. */
const REPEATED = /^message repeated \d+ times: \[/;
/** A line of Docker's json-file: nothing but texts, perhaps with labels. */
const DOCKER =
  /^\{"log":"[^"\\]*(?:\\.[^"\\]*)*","stream":"std(?:out|err)",(?:"attrs":\{[^{}]*\},)?"time":"[^"]*"\}$/;
/** What a line begins with that is wrapped for sure. */
const SURE = new RegExp(
  String.raw`^(?:\d{1,6} )?<\d{1,3}>|^[A-Z][a-z]{2} [ \d]\d \d\d:|^\[pod/|` +
    String.raw`^${TIME} std(?:out|err) [PF]|^(?!\d+\.)[A-Za-z0-9][\w.-]{0,127} *\| `,
);

/** Takes off what makes no difference: NULs before a line, and the colours of a terminal. */
export function clean(line: string): string {
  const text = line.charCodeAt(0) === 0 ? line.replace(FILLED, "") : line;
  return text.includes("\x1B") ? text.replaceAll(COLOURS, "") : text;
}

/** Tells whether a text says that others came several times: of their requests only one time is known. */
export function isRepeated(text: string): boolean {
  return REPEATED.test(text);
}

/** Tells whether a line is wrapped for sure: no format has lines that begin so, or are such objects. */
export function isSurelyWrapped(line: string): boolean {
  return SURE.test(line) || DOCKER.test(line);
}

/**
 * Takes off what stands around a line: what a container runtime, Compose, kubectl, syslog, journald or a shipper puts
 * before it, the colours of a terminal, and quotes.
 *
 * @param line A line, without its terminator.
 * @param how The offset of times without a zone.
 * @returns What is in it; `undefined` if nothing stands around it.
 *
 * @see RFC 3164, RFC 5424; Kubernetes, CRI logging.
 *
 * @example A line of a container, and one of syslog
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unwrap } from "./unwrap.ts";
 *
 * assertEquals(unwrap("web-1  | GET /a"), { text: "GET /a" });
 * assertEquals(unwrap("<134>Nov 25 18:00:00 host nginx[9]: GET /a"), { text: "GET /a" });
 * assertEquals(unwrap("1970-01-01T00:00:01Z stdout F GET /a"), {
 *   text: "GET /a",
 *   time: { us: 1_000_000, isZoneAssumed: false },
 *   stream: "stdout",
 *   goesOn: false,
 * });
 * ```
 */
export function unwrap(line: string, how: ReadingOptions = USUAL_READING): Unwrapped | undefined {
  if (line.startsWith("{")) {
    // No number of Docker's needs to stay as it is written.
    const object = DOCKER.test(line) ? parseTexts(line) : parseJson(line);
    return object === undefined ? undefined : unwrapJson(object, how);
  }
  const text = NAMED_OBJECT.exec(line)?.[1];
  return unwrapContainer(line, how) ?? unwrapSyslog(line, how) ?? unwrapQuotes(line) ??
    (text === undefined ? undefined : { text });
}

function parseTexts(line: string): JsonObject | undefined {
  try {
    return JSON.parse(line) as JsonObject;
  } catch {
    return undefined;
  }
}

function unwrapContainer(line: string, how: ReadingOptions): Unwrapped | undefined {
  const [, time, stream, tag, piece] = CRI.exec(line) ?? [];
  if (piece !== undefined) {
    return { ...unwrapped(piece, time, how), stream: stream!, goesOn: tag === "P" };
  }
  const text = POD.exec(line)?.[1] ?? COMPOSE.exec(line)?.[2];
  return text === undefined ? undefined : { text };
}

function unwrapSyslog(line: string, how: ReadingOptions): Unwrapped | undefined {
  const [, time, rest] = SYSLOG_5424.exec(line) ?? [];
  if (rest !== undefined) {
    // Some leave the structured data out.
    const data = STRUCTURED_DATA.exec(rest)?.[0] ?? "";
    return unwrapped(rest.slice(data.length).replace(/^\uFEFF/, ""), time, how);
  }
  // The time of RFC 3164 has no year: it is no time.
  const [, iso, text] = SYSLOG.exec(line) ?? [];
  if (text !== undefined) return unwrapped(text.replaceAll(OCTAL, decodeOctal), iso, how);
  const [, before, timed] = TIMED.exec(line) ?? [];
  if (timed !== undefined) return unwrapped(timed, before, how);
  const program = PROGRAM.exec(line)?.[1];
  return program === undefined ? undefined : { text: program };
}

function decodeOctal(_: string, digits: string): string {
  return String.fromCharCode(parseInt(digits, 8));
}

function unwrapQuotes(line: string): Unwrapped | undefined {
  if (line.length < 3 || !line.startsWith('"') || !line.endsWith('"')) return undefined;
  try {
    return { text: JSON.parse(line) as string };
  } catch {
    return { text: line.slice(1, -1).replaceAll('""', '"').replaceAll('\\"', '"') };
  }
}
