import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../lib/formats/read_line.ts";
import { renderJson } from "../../lib/report/render_json.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { lineOutcome } from "../arbitraries.ts";

const options = fc.record({
  windowUs: fc.constantFrom(1000, 1_000_000, 60_000_000, 86_400_000_000),
  suspiciousOver: fc.integer({ min: 0, max: 3 }),
});
const lines = fc.array(lineOutcome, { maxLength: 60 });

type Options = { readonly windowUs: number; readonly suspiciousOver: number };

function analyse(outcomes: readonly LineOutcome[], options: Options): Analysis {
  const analysis = new Analysis(options);
  for (const outcome of outcomes) {
    analysis.add(outcome);
    analysis.addBytes(10);
  }
  return analysis;
}

function render(analysis: Analysis): string {
  return renderJson(toReport(analysis));
}

/** Merges parts two by two, in an order that the choices tell, until one is left. */
function mergeTree(parts: Analysis[], choices: readonly number[], options: Options): Analysis {
  const left = [...parts];
  for (let i = 0; left.length > 1; i++) {
    const [from] = left.splice((choices[i % choices.length] ?? 0) % left.length, 1);
    left[(choices[(i + 1) % choices.length] ?? 0) % left.length]!.merge(from!);
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
      const whole = render(analyse(all, options));
      assertEquals(render(mergeTree(parts, choices, options)), whole);
    },
  ));
});

Deno.test("Analysis merge() leaves the other as it was", () => {
  fc.assert(fc.property(lines, lines, options, (a, b, options) => {
    const [into, from] = [analyse(a, options), analyse(b, options)];
    const before = render(from);
    into.merge(from);
    into.merge(from);
    for (const outcome of a) into.add(outcome);
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
    const named = endpoints.reduce((sum, { requests }) => sum + requests, 0);
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
