import { type ReadingOptions, USUAL_READING } from "../description/format.ts";
import { type ReadTime, readTime } from "../description/read_time.ts";
import { type JsonObject, sourceOf } from "../json/parse_json.ts";

/** Keys of shippers of logs whose value is a line, and those of the time beside it. */
const LINES = ["message", "log", "msg", "line", "textPayload", "MESSAGE"] as const;
const TIMES = ["@timestamp", "timestamp", "time", "ts", "date"] as const;

/**
 * Takes the line out of an object in which a container runtime, journald or a shipper put it.
 *
 * @param object The object.
 * @param how The offset of times without a zone.
 * @returns The line and the time beside it; `undefined` if the object holds none.
 *
 * @see Docker, json-file logging driver; systemd, journal export formats.
 *
 * @example Docker
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unwrapJson } from "./unwrap_json.ts";
 *
 * const piece = { log: "GET /a\n", stream: "stdout", time: "1970-01-01T00:00:01Z" };
 * assertEquals(unwrapJson(piece), {
 *   text: "GET /a",
 *   time: { us: 1_000_000, isZoneAssumed: false },
 *   stream: "stdout",
 *   goesOn: false,
 * });
 * ```
 */
export function unwrapJson(
  object: JsonObject,
  how: ReadingOptions = USUAL_READING,
): Unwrapped | undefined {
  const { log, stream, time } = object;
  if (typeof log === "string" && typeof stream === "string" && typeof time === "string") {
    const text = log.endsWith("\n") ? log.slice(0, -1) : log;
    return { ...unwrapped(text, time, how), stream, goesOn: !log.endsWith("\n") };
  }
  const { MESSAGE: message, __REALTIME_TIMESTAMP: realtime } = object;
  if (typeof realtime === "string" || Array.isArray(message)) {
    const text = textOf(message);
    return text === undefined ? undefined : unwrapped(text, sourceOf(realtime), how);
  }
  const name = LINES.find((name) => typeof object[name] === "string");
  if (name === undefined) return undefined;
  const written = TIMES.map((name) => sourceOf(object[name])).find((time) => time !== undefined);
  return unwrapped(object[name] as string, written, how);
}

/** A message of journald: a text, or the bytes of one; of several the first is taken. */
function textOf(message: unknown): string | undefined {
  const parts: readonly unknown[] = Array.isArray(message) ? message : [message];
  if (parts.length > 0 && parts.every((part) => typeof part === "number")) {
    return new TextDecoder().decode(Uint8Array.from(parts));
  }
  const [first] = parts;
  return typeof first === "string" ? first : undefined;
}

/** What a wrapper holds. */
export interface Unwrapped {
  /** The text in it. */
  readonly text: string;
  /** The time that it lends to a line that has none; absent if it has none, or not all of one. */
  readonly time?: ReadTime;
  /** The stream of a container that the text is a piece of: others of it may come before and behind. */
  readonly stream?: string;
  /** Whether the text goes on in the next line of its stream. */
  readonly goesOn?: boolean;
}

/**
 * Makes what a wrapper holds.
 *
 * @param text The text in it.
 * @param time Its time as it is written; one that cannot be read is none.
 * @param how The offset of times without a zone.
 * @returns Both.
 */
export function unwrapped(text: string, time: string | undefined, how: ReadingOptions): Unwrapped {
  const read = time === undefined ? undefined : readTime(time, how);
  return read === undefined ? { text } : { text, time: read };
}
