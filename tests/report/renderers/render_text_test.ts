import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../../lib/formats/description/format.ts";
import { displayWidth } from "../../../lib/report/renderers/display_width.ts";
import { renderText } from "../../../lib/report/renderers/render_text.ts";
import type { TextOptions } from "../../../lib/report/renderers/text_options.ts";
import type { Rows } from "../../../lib/report/report.ts";
import { toReport } from "../../../lib/report/to_report.ts";
import type { LogRecord } from "../../../schema.ts";
import { addLines } from "../../support/add_lines.ts";
import { lineOutcome } from "../../support/arbitraries.ts";
import { makeRecord } from "../../support/make_record.ts";

const same = (text: string) => text;
const PLAIN = { title: same, quiet: same, alarm: same, warning: same };

function render(
  outcomes: readonly LineOutcome[],
  { top = 10, style = PLAIN, suspiciousOver = 0, ...room }:
    & Partial<TextOptions>
    & { suspiciousOver?: number } = {},
): string {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver });
  addLines(analysis, outcomes);
  return renderText(toReport(analysis), { top, style, ...room });
}

Deno.test("renderText() is as wide as it may be at most, and free of control characters", () => {
  fc.assert(fc.property(
    fc.array(lineOutcome, { maxLength: 30 }),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom(80, 100, 160),
    fc.constantFrom(undefined, 10, 24, 50),
    (outcomes, top, width, lines) => {
      for (const line of render(outcomes, { top, width, lines }).split("\n")) {
        assert(displayWidth(line) <= width, line);
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
  assert(text.includes("Busiest"));
  for (const line of text.split("\n")) assertEquals(line, line.trimEnd());
});

Deno.test("renderText() has every metric, in the order of an operator's questions", () => {
  const text = render([
    makeRecord({ statusCode: 500, responseTimeUs: 5 }),
    makeRecord({ statusCode: 404, timestampUs: 60_000_000 }),
  ]);
  const labels = [
    ...["HTTP log report", "Requests", "Times", "Nothing stands out", "Over time"],
    ...["Error rate of each endpoint", "Worst window", "Slowest window", "Suspicious IPs"],
    ...["Fastest", "Slowest", "Busiest", "Statuses", "Methods", "Input"],
  ];
  const places = labels.map((label) => `\n${text}`.indexOf(`\n${label} `.trimEnd()));
  assert(places.every((place) => place >= 0), text);
  const inOrder = places.filter((_, i) => labels[i] !== "Slowest");
  assertEquals(inOrder, inOrder.toSorted((a, b) => a - b));
  assertStringIncludes(text, "Requests  2    ok 0  0.0 %    FAILED 2  100 %    5xx 1    4xx 1\n");
});

Deno.test("renderText() on a terminal keeps its head in sight, and every section", () => {
  const records = Array.from({ length: 3000 }, (_, i) =>
    makeRecord({
      endpoint: `/e/${i % 60}`,
      ip: `192.0.2.${i % 50}`,
      statusCode: i % 3 === 0 ? 500 : 200,
      responseTimeUs: i * 1000,
      timestampUs: i * 1_000_000,
    }));
  for (const lines of [24, 30, 40, 50, 200]) {
    const text = render(records, { lines });
    assert(text.split("\n").length - 1 < lines, `${lines}: ${text}`);
    for (const label of ["Requests", "requests ", "Worst", "Suspicious", "Methods", "Input"]) {
      assertStringIncludes(text, label);
    }
    assert((text.match(/\/e\/\d+$/gm)?.length ?? 0) >= 3, text);
  }
  // As small as it can be, however small the terminal is.
  assertEquals(render(records, { lines: 5 }), render(records, { lines: 2 }));
});

Deno.test("renderText() sorts endpoints by what is asked for", () => {
  const of = (endpoint: string, count: number, failed: number, ms: number) =>
    Array.from(
      { length: count },
      (_, i) =>
        makeRecord({ endpoint, statusCode: i < failed ? 500 : 200, responseTimeUs: ms * 1000 }),
    );
  const records = [
    ...of("/failed", 100, 20, 10),
    ...of("/rate", 10, 9, 11),
    ...of("/busy", 500, 0, 1),
    ...of("/slow", 5, 0, 5000),
  ];
  const first = (sort: TextOptions["sort"] & string) =>
    /endpoint\n.* (\/\w+)\n/.exec(render(records, { sort }))?.[1];
  assertEquals(
    (["failed", "rate", "requests", "slow", "p95", "time"] as const).map(first),
    ["/failed", "/rate", "/busy", "/slow", "/slow", "/slow"],
  );
  // Those that never fail share one line where failures are what counts, and have their own elsewhere.
  assertStringIncludes(render(records), "the other 2: /busy, /slow");
  assert(!render(records, { sort: "requests" }).includes("the other"));
});

Deno.test("renderText() cannot be told to forge a line", () => {
  const ip = "192.0.2.1\n\u001B[2JTotal requests 0";
  const text = render([makeRecord({ endpoint: "/\u202Egpj", ip, method: "\u009B31m" })]);
  assertStringIncludes(text, "192.0.2.1\\x0a");
  assertStringIncludes(text, "\\u{202e}gpj");
  assertStringIncludes(text, "\\x9b31m");
});

Deno.test("renderText() shows --top rows, says how many more, and hides no single one", () => {
  const records = (count: number): LogRecord[] =>
    Array.from(
      { length: count },
      (_, i) => makeRecord({ endpoint: `/endpoint/${i}`, statusCode: 500 }),
    );
  const rows = (text: string) => text.match(/^ +\d+ .*\/endpoint\/\d+$/gm)?.length;
  const [four, five] = [render(records(4), { top: 3 }), render(records(5), { top: 3 })];
  assertEquals([rows(four), rows(five)], [4, 3]);
  assert(!four.includes("… and"));
  assertStringIncludes(five, "… and 2 more that fail: --top 5 shows all");
});

Deno.test("renderText() paints what failed by its class, and nothing where nothing did", () => {
  const style = {
    ...PLAIN,
    alarm: (text: string) => `!${text}!`,
    warning: (text: string) => `?${text}?`,
  };
  const painted = (statusCode: number) =>
    render([makeRecord({ statusCode })], { style, suspiciousOver: 25 }).match(/[!?].*?[!?]/g);
  assertEquals(painted(200), null);
  assertEquals(painted(404), ["?4xx 1?", "?GET 404?", "?4xx 1?", "?404 1?"]);
  assertEquals(painted(500), ["!5xx 1!", "!GET 500!", "!5xx 1!", "!500 1!"]);
});

Deno.test("renderText() marks percentiles that are estimates, and shows none without times", () => {
  const timed = (count: number) =>
    Array.from({ length: count }, () => makeRecord({ responseTimeUs: 12_345, endpoint: "/a" }));
  const [exact, estimated] = [render(timed(32)), render(timed(33))];
  assert(!exact.includes("~"));
  assertStringIncludes(exact, "p50 12.3 ms");
  assertStringIncludes(estimated, "p50 ~12.3 ms");
  assertStringIncludes(estimated, "max 12.3 ms");
  assert(!render([makeRecord()]).includes("p99"));
});

Deno.test("renderText() cuts no figure, however large", () => {
  const text = render([makeRecord({ responseTimeUs: 1e15, endpoint: `/${"long/".repeat(20)}` })]);
  assertStringIncludes(text, "16,700,000 min");
  assertStringIncludes(text, "…");
});

Deno.test("renderText() asks for the response times of those endpoints alone that it shows", () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  const endpoints = Array.from({ length: 50 }, (_, i) => `/${i}`);
  addLines(analysis, endpoints.map((endpoint) => makeRecord({ endpoint, responseTimeUs: 5 })));
  const report = toReport(analysis), asked = new Set<string>();
  const rows = Array.from(report.endpoints, (row) =>
    new Proxy(row, {
      get(target, name) {
        if (name === "response_time") asked.add(target.endpoint);
        return Reflect.get(target, name, target);
      },
    }));
  renderText({ ...report, endpoints: rows }, { top: 10, sort: "requests", style: PLAIN });
  assertEquals(asked.size, 10);
});

Deno.test("renderText() goes through the rows of a report once, however often it is laid out", () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 0 });
  addLines(
    analysis,
    Array.from(
      { length: 50 },
      (_, i) =>
        makeRecord({ endpoint: `/${i}`, ip: `192.0.2.${i}`, statusCode: i < 30 ? 500 : 200 }),
    ),
  );
  const report = toReport(analysis), passes = { endpoints: 0, suspicious_ips: 0 };
  const counted = <Row>(name: keyof typeof passes, rows: Rows<Row>): Rows<Row> => ({
    length: rows.length,
    [Symbol.iterator]: () => (passes[name]++, rows[Symbol.iterator]()),
  });
  const endpoints = counted("endpoints", report.endpoints);
  const suspicious_ips = counted("suspicious_ips", report.suspicious_ips);
  const rendered = (lines: number | undefined) =>
    renderText({ ...report, endpoints, suspicious_ips }, { top: 10, style: PLAIN, lines });
  for (const lines of [undefined, 24, 30]) {
    Object.assign(passes, { endpoints: 0, suspicious_ips: 0 });
    assertStringIncludes(rendered(lines), "more that fail");
    assertEquals(passes, { endpoints: 1, suspicious_ips: 1 });
  }
});
