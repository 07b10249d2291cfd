import { type LogRecord, Rejection } from "../../../schema.ts";
import { type Format, type Sample, USUAL_READING } from "../description/format.ts";
import type { TextFormat } from "../description/piece.ts";
import type { Slot, Target } from "../description/shapes.ts";
import { learnText } from "./learn_text.ts";
import { readValues } from "./read_text.ts";
import { compileTextPattern, type TextPattern } from "./text_pattern.ts";
import { toShown, writeText } from "./write_text.ts";

const FACTS: readonly Target[] = [
  "method",
  "endpoint",
  "ip",
  "status",
  "responseTime",
  "timestamp",
];
/** The record of a sample, but for what the format says of it. */
const USUAL_RECORD: LogRecord = {
  method: "GET",
  endpoint: "/a?b=1",
  statusCode: 200,
  ip: "192.0.2.7",
  responseTimeUs: undefined,
  userAgent: undefined,
  timestampUs: Date.UTC(2026, 10, 25, 18) * 1000,
};

/**
 * Makes a format of lines of text from its description: literals, and slots for the values between them.
 *
 * A slot's value ends where the literal behind it begins. A `request` without an escape may have quotes: it ends at
 * the first place after which the rest fits. `word` and `count` have no spaces, `words` and `quoted` may; a client or
 * a response time may be a list, of which the one counts by `how.client`, and the other has no value.
 *
 * @param data The description.
 * @returns The format; its reader needs time in proportion to the length of a line.
 *
 * @example A format of one's own
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Rejection } from "../../../schema.ts";
 * import { textFormat } from "./text_format.ts";
 *
 * const { read } = textFormat({
 *   name: "mine",
 *   of: "a server of one's own",
 *   line: [
 *     { to: "ip", as: "client" },
 *     " [",
 *     { to: "timestamp", as: "clf" },
 *     '] "',
 *     { to: "request", as: "request" },
 *     '" ',
 *     { to: "status", as: "status" },
 *     " ",
 *     { to: "responseTime", as: "decimal", unit: "s", decimals: 3 },
 *   ],
 *   sample: '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 0.015',
 * });
 * const outcome = read('192.0.2.8 [25/Nov/2026:18:00:00 +0000] "GET /b HTTP/1.1" 404 0.250');
 * if (outcome === undefined || outcome === "context") throw new Error("no record");
 * if (outcome instanceof Rejection) throw new Error(outcome.reason);
 * assertEquals([outcome.endpoint, outcome.responseTimeUs], ["/b", 250_000]);
 * ```
 */
export function textFormat(data: TextFormat): Format {
  const { name, of, line: main, otherLines = [], isOpen = false, noRequest } = data;
  const patterns = [main, ...otherLines].map((pieces) => compileTextPattern(pieces, isOpen));
  const slots = main.filter((piece) => typeof piece !== "string");
  const told = new Set(
    slots.flatMap(({ to }): readonly Target[] => to === "request" ? ["method", "endpoint"] : [to]),
  );
  const carried = (record: LogRecord): LogRecord => {
    const shown = toShown(record, main);
    return slots.some(isZoneless) ? { ...shown, isZoneAssumed: true } as LogRecord : shown;
  };
  const sample: Sample = [
    data.sample,
    {
      ...USUAL_RECORD,
      ...data.sampleRecord,
      ...slots.some(isZoneless) ? { isZoneAssumed: true } : {},
    },
  ];
  return {
    name,
    of,
    read: (line, how = USUAL_READING) => {
      if (noRequest?.test(line)) return new Rejection("not_a_request");
      const found = match(patterns, line);
      return found && readValues(found.slots, found.texts, how);
    },
    learn: (line, how = USUAL_READING) => {
      const found = match(patterns, line);
      if (found === undefined || noRequest?.test(line)) return undefined;
      // Code for lines without a user agent would pass it over in others.
      if (tellsAgent(slots) && !tellsAgent(found.slots)) return undefined;
      return learnText(line, found.texts, { name, isOpen, how, ...found });
    },
    write: (record) => writeText(record, main),
    carried,
    lacks: FACTS.filter((target) => !told.has(target)),
    samples: [sample],
  };
}

/** Whether times of a slot have no zone. */
function isZoneless({ as }: { readonly as: string }): boolean {
  return as === "clock" || as === "columns";
}

function tellsAgent(slots: readonly Slot[]): boolean {
  return slots.some(({ to }) => to === "userAgent");
}

function match(
  patterns: readonly TextPattern[],
  line: string,
): TextPattern & { readonly texts: readonly string[] } | undefined {
  for (const found of patterns) {
    const groups = found.pattern.exec(line);
    if (groups !== null) return { ...found, texts: groups.slice(1) };
  }
  return undefined;
}
