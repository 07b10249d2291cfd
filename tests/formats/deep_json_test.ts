import { assert, assertEquals } from "@std/assert";
import { FormatReader } from "../../lib/formats/format_reader.ts";
import { isSequential } from "../../lib/formats/is_sequential.ts";
import { JSON_FORMATS } from "../../lib/formats/json/json_formats.ts";
import { Rejection } from "../../schema.ts";

/** Deeper than a parser that calls itself could go; the second is so long that it is shortened first. */
const DEPTHS = [9000, 150_000];
/** Keys whose values are looked into. */
const KEYS = ["records", "logEvents", "resourceLogs", "message", "log", "MESSAGE"];

/** Values that are nested deeply, whole and cut off. */
function deepValues(depth: number): readonly string[] {
  return [
    "[".repeat(depth) + "]".repeat(depth),
    '{"a":'.repeat(depth) + "1.5" + "}".repeat(depth),
    "[".repeat(depth),
    '[{"a":'.repeat(depth),
  ];
}

function isRefused(outcome: unknown): boolean {
  return outcome instanceof Rejection || outcome === "context";
}

/** Reads a line as the first of a log and as any; returns what it is as any. */
function readLine(line: string): unknown {
  isSequential(line);
  const first = new FormatReader();
  first.open(true);
  first.read(line);
  first.close();
  const reader = new FormatReader();
  reader.learn(line);
  return reader.read(line);
}

/** A record without its user agent, on which no figure depends: a list in a long line is emptied. */
function withoutAgent(outcome: unknown): unknown {
  return { ...outcome as object, userAgent: undefined };
}

for (const depth of DEPTHS) {
  const deep = deepValues(depth);

  Deno.test(`JSON ${depth} levels deep is passed over or rejected, wherever it stands in a line`, () => {
    for (const { name, samples: [[sample]] } of JSON_FORMATS) {
      for (const value of depth > 10_000 ? deep.slice(0, 2) : deep) {
        const isWhole = /[\]}]$/.test(value);
        const replaced = readLine(sample.replace(/:("[^"]*"|\d+)/, `:${value}`));
        assert(isWhole || isRefused(replaced), `${name}: what is cut off is no record`);
        // One more value that does not count changes nothing.
        const added = readLine(`{"zz":${value},${sample.slice(1)}`);
        if (isWhole) assertEquals(withoutAgent(added), withoutAgent(readLine(sample)), name);
        else assert(isRefused(added), name);
      }
    }
  });

  Deno.test(`JSON ${depth} levels deep is rejected within wrappers and lists`, () => {
    for (const value of deep) {
      const text = JSON.stringify(value);
      const lines = [
        value,
        `[${value}]`,
        `"${value}"`,
        `web-1 | ${value}`,
        `2026-11-25T18:00:00Z stdout F ${value}`,
        ...KEYS.flatMap((key) => [
          `{"${key}":${value}}`,
          `{"${key}":[${value}]}`,
          `{"${key}":${text},"stream":"stdout","time":"2026-11-25T18:00:00Z"}`,
        ]),
      ];
      for (const line of lines) {
        const outcomes = [readLine(line)].flat();
        assert(outcomes.every(isRefused), line.slice(0, 60));
      }
    }
  });
}
