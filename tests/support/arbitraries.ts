import fc from "fast-check";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import { type LogRecord, Rejection, REJECTION_REASONS } from "../../schema.ts";

/** Texts as in logs: often equal, sometimes hostile. */
export const logText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("/a", "/b", "/c", "GET", "192.0.2.1", "192.0.2.2") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "",
      "-",
      "__proto__",
      "constructor",
      "/\u0000",
      "\u{1F600}",
      "\uFF5E",
      "12",
      "7",
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  // Ill-formed text as a parser returns it.
  { weight: 1, arbitrary: fc.constantFrom("/\uD83D".toWellFormed(), "\uDE00".toWellFormed()) },
  { weight: 1, arbitrary: fc.constantFrom("x", "y").map((end) => "/".repeat(1100) + end) },
);

/** Records of few different windows, endpoints and clients, so that ties and sums are frequent. */
export const logRecord: fc.Arbitrary<LogRecord> = fc.record({
  method: logText,
  endpoint: logText,
  statusCode: fc.oneof(
    fc.constantFrom(200, 399, 400, 499, 500, 599, 600),
    fc.integer({ min: 100, max: 999 }),
  ),
  ip: logText,
  responseTimeUs: fc.option(
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1e15 })),
    { nil: undefined },
  ),
  userAgent: fc.option(logText, { nil: undefined }),
  timestampUs: fc.oneof(
    fc.integer({ min: -3, max: 3 }).map((second) => second * 1e6),
    fc.integer({ min: -9e15, max: 9e15 }),
  ),
});

/** Outcomes of lines: records, also with a time of an assumed zone; blank, context and rejected lines. */
export const lineOutcome: fc.Arbitrary<LineOutcome> = fc.oneof(
  { weight: 8, arbitrary: logRecord },
  {
    weight: 1,
    arbitrary: logRecord.map((record): LineOutcome => ({ ...record, isZoneAssumed: true })),
  },
  { weight: 2, arbitrary: fc.constantFrom<LineOutcome>("blank", "context") },
  { weight: 1, arbitrary: fc.constantFrom(...REJECTION_REASONS).map((r) => new Rejection(r)) },
);
