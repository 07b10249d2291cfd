import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { Analysis, type AnalysisOptions } from "../../lib/aggregates/analysis.ts";
import { countBatch, QUESTION_NAMES } from "../../lib/aggregates/questions.ts";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import { decodeText, RecordBatch } from "../../lib/records/record_batch.ts";
import type { Report } from "../../lib/report/report.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { mergeState } from "../../lib/states/decode_state.ts";
import type { LogRecord } from "../../schema.ts";
import { addLines } from "../support/add_lines.ts";
import { lineOutcome, logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";

const options = fc.record({
  windowUs: fc.constantFrom(1000, 1_000_000, 60_000_000, 86_400_000_000),
  suspiciousOver: fc.integer({ min: 0, max: 3 }),
  slowOverUs: fc.constantFrom(0, 1000, 1_000_000),
  exactPercentilesUpTo: fc.constantFrom(3, 32),
  hashKey: fc.tuple(fc.nat(), fc.nat()),
});
const lines = fc.array(lineOutcome, { maxLength: 60 });

type Options = AnalysisOptions;

function analyse(outcomes: readonly LineOutcome[], options: Options): Analysis {
  const analysis = new Analysis(options);
  addLines(analysis, outcomes);
  analysis.addBytes(10 * outcomes.length);
  return analysis;
}

function render(analysis: Analysis): string {
  return jsonOf(toReport(analysis));
}

/** Merges parts two by two, in an order that the choices tell, until one is left. */
function mergeTree(parts: Analysis[], choices: readonly number[], options: Options): Analysis {
  const left = [...parts];
  for (let i = 0; left.length > 1; i++) {
    const [from] = left.splice((choices[i % choices.length] ?? 0) % left.length, 1);
    const into = left[(choices[(i + 1) % choices.length] ?? 0) % left.length]!;
    // Some come from another process.
    if ((choices[(i + 2) % choices.length] ?? 0) % 2 === 0) into.merge(from!);
    else mergeState(into, { analysis: JSON.parse(JSON.stringify(from)) });
  }
  return left[0] ?? new Analysis(options);
}

Deno.test("Analysis gives the same report for every order of the lines", () => {
  fc.assert(fc.property(
    lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
    ),
    options,
    ([ordered, shuffled], options) => {
      assertEquals(render(analyse(shuffled, options)), render(analyse(ordered, options)));
    },
  ));
});

Deno.test("Analysis gives the same report for every split and grouping of the lines", () => {
  fc.assert(fc.property(
    lines,
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 60, maxLength: 60 }),
    fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
    options,
    (all, partOf, choices, options) => {
      const parts = Array.from(
        { length: 6 },
        (_, part) => analyse(all.filter((_, i) => partOf[i] === part), options),
      );
      const whole = analyse(all, options);
      const merged = mergeTree(parts, choices, options);
      assertEquals(render(merged), render(whole));
      assertEquals(JSON.stringify(merged), JSON.stringify(whole));
    },
  ));
});

Deno.test("Analysis merge() leaves the other as it was", () => {
  fc.assert(fc.property(lines, lines, options, (a, b, options) => {
    const [into, from] = [analyse(a, options), analyse(b, options)];
    const before = render(from);
    into.merge(from);
    into.merge(from);
    addLines(into, a);
    assertEquals(render(from), before);
  }));
});

Deno.test("Analysis counts every line once", () => {
  fc.assert(fc.property(lines, options, (all, options) => {
    const { input, total_requests, endpoints, endpoints_other } = toReport(analyse(all, options));
    assertEquals(input.lines, all.length);
    assertEquals(
      input.lines,
      input.records + input.rejected + input.blank + input.context + input.filtered,
    );
    assertEquals(total_requests, input.records);
    const named = [...endpoints].reduce((sum, { requests }) => sum + requests, 0);
    assertEquals(named + endpoints_other.requests + input.without_endpoint, total_requests);
    assert(Object.values(input.rejected_by_reason).every((count) => count > 0));
  }));
});

Deno.test("Analysis distinguishes logs that differ in one record", () => {
  const options = { windowUs: 60_000_000, suspiciousOver: 25 };
  fc.assert(fc.property(lines, lineOutcome, (all, one) => {
    assertNotEquals(render(analyse([...all, one], options)), render(analyse(all, options)));
  }));
});

/** Remembers the slots that keys had when they were counted last, as the scan does. */
class SlotMemory {
  readonly #slots = new Map<string, readonly [slot: number, stamp: number]>();

  /** Writes what is remembered of the keys of a batch, or remembers what was written. */
  exchange(batch: RecordBatch, isCounted: boolean): void {
    for (const name of ["methods", "endpoints", "ips"] as const) {
      const { starts, ends, slots, stamps } = batch[name];
      for (let row = 0; row < batch.size; row++) {
        const key = `${name} ${decodeText(batch.bytes, starts[row]!, ends[row]!)}`;
        const known = this.#slots.get(key);
        if (isCounted && slots[row]! >= 0) this.#slots.set(key, [slots[row]!, stamps[row]!]);
        else if (!isCounted && known !== undefined) [slots[row], stamps[row]] = known;
      }
    }
  }
}

Deno.test("Analysis asks its questions in any order, also of more than there is room for", () => {
  const order = fc.shuffledSubarray([...QUESTION_NAMES], { minLength: QUESTION_NAMES.length });
  // Few clients in few windows, but more than fit.
  const seldom = logRecord.chain((record) =>
    fc.record({
      ...Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name, fc.constant(value)]),
      ),
      ip: fc.constantFrom(..."abcdefgh"),
      timestampUs: fc.integer({ min: 0, max: 3 }),
    }) as fc.Arbitrary<LogRecord>
  );
  const batches = fc.array(fc.array(seldom, { maxLength: 8 }), { maxLength: 30 });
  fc.assert(
    fc.property(batches, order, options, (batches, order, options) => {
      const limits = { ...options, ...CAPS, maxPairs: 1000, windowUs: 1000 };
      const [inUsualOrder, shuffled] = [new Analysis(limits), new Analysis(limits)];
      const [memory, memoryOfShuffled] = [new SlotMemory(), new SlotMemory()];
      const answers = order.map((name) => shuffled.answers[name]);
      const countInto = (
        count: (batch: RecordBatch) => void,
        memory: SlotMemory,
        records: readonly LogRecord[],
      ) => {
        const batch = new RecordBatch(8);
        for (const record of records) batch.append(record);
        memory.exchange(batch, false);
        count(batch);
        memory.exchange(batch, true);
      };
      for (const records of batches) {
        countInto((batch) => inUsualOrder.addBatch(batch), memory, records);
        countInto((batch) => countBatch(answers, batch), memoryOfShuffled, records);
      }
      assertEquals(JSON.stringify(shuffled.answers), JSON.stringify(inUsualOrder.answers));
    }),
    { numRuns: 300 },
  );
});

// Room for so little that nearly every log has too much.
const CAPS = { maxEndpoints: 4, maxClients: 4, maxWindows: 4, maxPairs: 4 };

Deno.test("Analysis of too much keeps its totals exact, and its doubts within its bounds", () => {
  fc.assert(
    fc.property(lines, lines, options, (a, b, options) => {
      const all = [...a, ...b];
      const sorted = all.toSorted((one, other) => timeOf(one) - timeOf(other));
      const exact = toReport(analyse(all, { ...options, exactPercentilesUpTo: all.length }));
      const merged = analyse(a, { ...options, ...CAPS });
      merged.merge(analyse(b, { ...options, ...CAPS }));
      assertBounded(toReport(merged), exact);
      const copy = new Analysis({ ...options, ...CAPS });
      mergeState(copy, { analysis: JSON.parse(JSON.stringify(merged)) });
      assertEquals(render(copy), render(merged));
      for (const order of [all, sorted, sorted.toReversed()]) {
        assertBounded(toReport(analyse(order, { ...options, ...CAPS })), exact);
      }
    }),
    { numRuns: 500 },
  );
});

function timeOf(line: LineOutcome): number {
  return typeof line === "object" && "timestampUs" in line ? line.timestampUs : 0;
}

function assertBounded(report: Report, exact: Report): void {
  assertEquals(report.input, exact.input);
  for (const name of ["total_requests", "failed_requests", "failed_requests_5xx"] as const) {
    assertEquals(report[name], exact[name]);
  }
  for (const name of ["fastest_endpoint", "slowest_endpoint"] as const) {
    assertEquals(report[name], exact[name]);
  }
  const { accuracy } = report;
  const bound = (name: string) => accuracy[name]?.bound ?? 0;
  assertTimes(report.response_time, exact.response_time, bound("response_time.percentiles"));

  let surely = 0;
  const endpoints = new Map([...exact.endpoints].map((row) => [row.endpoint, row]));
  for (const row of report.endpoints) {
    const { endpoint, requests, requests_error = 0, error_rate } = row;
    surely += requests - requests_error;
    const truth = endpoints.get(endpoint)!;
    assert(requests >= truth.requests && requests - requests_error <= truth.requests);
    assert(requests_error <= bound("endpoints.requests") && error_rate >= 0 && error_rate <= 1);
    if (requests_error > 0) continue;
    const accuracy = bound("endpoints.response_time.percentiles");
    assertTimes(row.response_time, truth.response_time, accuracy);
  }
  const { endpoints_other, input } = report;
  assertEquals(surely + endpoints_other.requests + input.without_endpoint, report.total_requests);
  assert(bound("endpoints.requests") <= report.total_requests / CAPS.maxEndpoints);
  assert(bound("clients.top.requests") <= report.total_requests / CAPS.maxClients);

  assertWindows(report, exact);
  const sum = [...report.timeline].reduce((sum, step) => sum + step.total_requests, 0);
  assertEquals(sum, report.total_requests);
  assert(report.timeline.length <= CAPS.maxWindows);
  if (Object.keys(accuracy).every((name) => name.includes("percentiles") || name === "keys")) {
    assertEquals(withoutPercentiles(report), withoutPercentiles(exact));
  }
}

function assertWindows(report: Report, exact: Report): void {
  const bound = (name: string) => report.accuracy[name]?.bound ?? 0;
  const failures = (window: Report["worst_window"]) => window?.failed_requests ?? 0;
  const lacking = failures(exact.worst_window) - failures(report.worst_window);
  assert(lacking >= 0 && lacking <= bound("worst_window"), `${lacking} failures lacking`);

  const limit = report.options.suspicious_over;
  const listed = new Map([...report.suspicious_ips].map((row) => [row.ip, row]));
  const truth = new Map([...exact.suspicious_ips].map((row) => [row.ip, row]));
  for (const { ip, peak_requests } of exact.suspicious_ips) {
    assert((listed.get(ip)?.peak_requests ?? limit + bound("suspicious_ips")) >= peak_requests, ip);
  }
  for (const row of listed.values()) {
    const { peak_requests: peak, windows } = truth.get(row.ip) ??
      { peak_requests: limit, windows: 0 };
    assert(row.peak_requests - (row.peak_requests_error ?? 0) <= peak, row.ip);
    assert(row.windows - (row.windows_in_doubt ?? 0) <= windows, row.ip);
  }
}

/** Asserts that percentiles are as near as promised, and the rest exact. */
function assertTimes(
  times: Report["response_time"],
  exact: Report["response_time"],
  bound: number,
): void {
  assertEquals(times === null, exact === null);
  for (const [name, ms] of Object.entries(exact ?? {})) {
    const shown = Object.entries(times!).find(([other]) => other === name)![1];
    const doubt = name.startsWith("p") ? bound * ms : 0;
    assert(Math.abs(shown - ms) <= doubt, `${name} is ${shown}, not ${ms}`);
  }
}

function withoutPercentiles(report: Report): unknown {
  const isLeftOut = (name: string) => name === "accuracy" || /^p\d/.test(name);
  return JSON.parse(jsonOf(report), (name, value) => isLeftOut(name) ? undefined : value);
}
