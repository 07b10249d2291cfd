import type { JsonObject } from "../json/parse_json.ts";
import { type Unwrapped, unwrapped } from "./unwrapped.ts";

/** Keys of shippers of logs whose value is a line, and those of the time beside it. */
const LINES = ["message", "log", "msg", "line", "textPayload", "MESSAGE"] as const;
const TIMES = ["@timestamp", "timestamp", "time", "ts", "date"] as const;

/**
 * Takes the line out of an object in which a container runtime, journald or a shipper put it.
 *
 * @param object The object.
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
export function unwrapJson(object: JsonObject): Unwrapped | undefined {
  const { log, stream, time } = object;
  if (typeof log === "string" && typeof stream === "string" && typeof time === "string") {
    const text = log.endsWith("\n") ? log.slice(0, -1) : log;
    return { ...unwrapped(text, time), stream, goesOn: !log.endsWith("\n") };
  }
  const realtime = object["__REALTIME_TIMESTAMP"];
  if (typeof realtime === "string") return unwrapJournal(object["MESSAGE"], realtime);
  const name = LINES.find((name) => typeof object[name] === "string");
  if (name === undefined) return undefined;
  const times = TIMES.map((name) => object[name]);
  const written = times.find((time) => typeof time === "string" || typeof time === "number");
  return unwrapped(object[name] as string, written === undefined ? undefined : String(written));
}

/** A message is a text, or the bytes of one; of several the first is taken. */
function unwrapJournal(message: unknown, realtime: string): Unwrapped | undefined {
  const bytes = Array.isArray(message) ? message : [message];
  const text = bytes.every((byte) => typeof byte === "number")
    ? new TextDecoder().decode(Uint8Array.from(bytes))
    : bytes[0];
  return typeof text === "string" ? unwrapped(text, realtime) : undefined;
}
