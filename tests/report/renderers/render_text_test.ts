import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../../lib/formats/description/format.ts";
import { displayWidth } from "../../../lib/report/renderers/display_width.ts";
import { renderText } from "../../../lib/report/renderers/render_text.ts";
import { toReport } from "../../../lib/report/to_report.ts";
import type { LogRecord } from "../../../schema.ts";
import { addLines } from "../../support/add_lines.ts";
import { lineOutcome } from "../../support/arbitraries.ts";
import { makeRecord } from "../../support/make_record.ts";

const same = (text: string) => text;
const PLAIN = { title: same, quiet: same, alarm: same };

function render(
  outcomes: readonly LineOutcome[],
  { top = 10, style = PLAIN, suspiciousOver = 0 } = {},
): string {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver });
  addLines(analysis, outcomes);
  return renderText(toReport(analysis), { top, style });
}

Deno.test("renderText() is at most 80 columns wide and free of control characters", () => {
  fc.assert(fc.property(
    fc.array(lineOutcome, { maxLength: 30 }),
    fc.integer({ min: 1, max: 12 }),
    (outcomes, top) => {
      for (const line of render(outcomes, { top }).split("\n")) {
        assert(displayWidth(line) <= 80, line);
        assert(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line), line);
        assertEquals(line, line.trimEnd());
      }
    },
  ));
});

Deno.test("renderText() leaves no blanks at the end of a line, also of an endpoint that is one", () => {
  const text = render([
    makeRecord({ endpoint: " ", ip: "  ", statusCode: 500, responseTimeUs: 5 }),
  ]);
  assert(text.includes("Busiest endpoint"));
  for (const line of text.split("\n")) assertEquals(line, line.trimEnd());
});

Deno.test("renderText() opens with the metrics in their order", () => {
  const text = render([makeRecord({ statusCode: 500, responseTimeUs: 5 })]);
  const labels = [
    "Total requests",
    "Successful requests",
    "Failed requests",
    "Fastest endpoint",
    "Slowest endpoint",
    "Busiest endpoint",
    "Worst window",
    "Suspicious IPs",
    "Error rate of each endpoint",
  ];
  const places = labels.map((label) => text.indexOf(`\n${label}`));
  assert(places.every((place) => place > 0), text);
  assertEquals(places, places.toSorted((a, b) => a - b));
});

Deno.test("renderText() cannot be told to forge a line", () => {
  const ip = "192.0.2.1\n\u001B[2JTotal requests 0";
  const text = render([makeRecord({ endpoint: "/\u202Egpj", ip, method: "\u009B31m" })]);
  assertStringIncludes(text, "\\x0a\\x1b[2J");
  assertStringIncludes(text, "\\u{202e}gpj");
  assertStringIncludes(text, "\\x9b31m");
});

Deno.test("renderText() shows --top rows, says how many more, and hides no single one", () => {
  const records = (count: number): LogRecord[] =>
    Array.from({ length: count }, (_, i) => makeRecord({ endpoint: `/endpoint/${i}` }));
  const rows = (text: string) => text.match(/^ .*\/endpoint\//gm)?.length;
  const [four, five] = [render(records(4), { top: 3 }), render(records(5), { top: 3 })];
  assertEquals([rows(four), rows(five)], [4, 3]);
  assert(!four.includes("more"));
  assertStringIncludes(five, "and 2 more");
});

Deno.test("renderText() paints an alarm only on figures above zero", () => {
  const style = { ...PLAIN, alarm: (text: string) => `!${text}!` };
  assert(!render([makeRecord()], { style, suspiciousOver: 25 }).includes("!"));
  const text = render([makeRecord({ statusCode: 404 })], { style, suspiciousOver: 25 });
  assertEquals(text.match(/!\s*\d+!/g)?.map((figure) => figure.replaceAll(/[! ]/g, "")), [
    "1",
    "1",
  ]);
});

Deno.test("renderText() marks percentiles that are estimates, and shows none without times", () => {
  const timed = (count: number) =>
    Array.from({ length: count }, () => makeRecord({ responseTimeUs: 12_345, endpoint: "/a" }));
  const [exact, estimated] = [render(timed(32)), render(timed(33))];
  assert(!exact.includes("~"));
  assertEquals(exact.match(/12\.345 ms/g)?.length, 10);
  assertEquals(estimated.match(/~12\.3 ms/g)?.length, 5);
  assert(!render([makeRecord()]).includes("p99"));
});

Deno.test("renderText() cuts no figure, however large", () => {
  const text = render([makeRecord({ responseTimeUs: 1e15, endpoint: `/${"long/".repeat(20)}` })]);
  assertStringIncludes(text, "1,000,000,000,000 ms");
  assertStringIncludes(text, "…");
});
