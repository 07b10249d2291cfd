/**
 * Looks for states that break `--merge`: right ones are taken in any grouping, changed ones are refused or
 * give a report that agrees with itself, and bytes of any kind are refused.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import fc from "fast-check";
import type { Analysis } from "../../lib/aggregates/analysis.ts";
import { renderText } from "../../lib/report/renderers/render_text.ts";
import { REPORT_SCHEMA } from "../../lib/report/report_schema.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { encodeState } from "../../lib/states/encode_state.ts";
import { lineOutcome } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";
import {
  analyse,
  type Json,
  merge,
  sign,
  signBytes,
  stateOf,
  tightOptions,
} from "../support/states.ts";

type List = Json[];
type Members = { [name: string]: Json };

const isReport = new Ajv2020({ strict: true }).compile(REPORT_SCHEMA);
const lines = fc.array(lineOutcome, { maxLength: 30 });

/** What may stand in place of a member: no number is so odd that no broken tool writes it. */
const other: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    0,
    1,
    -1,
    2,
    255,
    1000,
    2 ** 32,
    2 ** 53 - 1,
    2 ** 53,
    -(2 ** 53 - 1),
    1e300,
    0.5,
  ),
  fc.constantFrom<Json>(
    "",
    "-",
    "\uD83D",
    "/\u0000",
    "x".repeat(140),
    "x".repeat(1100),
    "x".repeat(2e5),
  ),
  fc.constantFrom<Json>(null, true, [], {}, [0], [1, 2, 3], "1".repeat(40)),
  fc.maxSafeInteger(),
);

/** One change somewhere in a state. */
const change = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom("replace", "replace", "add", "delete", "double", "swap"),
  by: fc.constantFrom(1, -1, 2, 1000, 2 ** 33),
  value: other,
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** The places of all members, at any depth. */
function* placesOf(value: Json): Generator<readonly [List | Members, string]> {
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    yield [value, name];
    yield* placesOf((value as Members)[name]!);
  }
}

function apply(state: Members, { at, kind, by, value }: Change): void {
  const places = [...placesOf(state["analysis"]!)];
  const [parent, name] = places[at % places.length]!;
  const members = parent as Members, isList = Array.isArray(parent), i = Number(name);
  if (kind === "delete" && isList) parent.splice(i, 1);
  else if (kind === "delete") delete members[name];
  else if (kind === "double" && isList) parent.splice(i, 0, parent[i]!);
  else if (kind === "swap") {
    const names = Object.keys(parent), next = names[(names.indexOf(name) + 1) % names.length]!;
    [members[name], members[next]] = [members[next]!, members[name]!];
  } else if (kind === "add" && typeof members[name] === "number") members[name] += by;
  else members[name] = value;
}

/** Asserts that the report on an analysis renders and agrees with itself. */
function assertSound(analysis: Analysis): void {
  const report = toReport(analysis), json = jsonOf(report);
  assert(isReport(JSON.parse(json)), JSON.stringify(isReport.errors));
  const text = renderText(report, {
    top: 3,
    style: { title: String, quiet: String, alarm: String, warning: String },
  });
  assert(!/NaN|Infinity|undefined/.test(text), text);

  const { records, without_endpoint } = report.input,
    sum = (counts: Iterable<number>) => [...counts].reduce((sum, count) => sum + count, 0);
  assertEquals(report.total_requests, records);
  assertEquals(sum(Object.values(report.statuses)), records);
  const endpoints = [...report.endpoints];
  const named = sum(endpoints.map(({ requests, requests_error = 0 }) => requests - requests_error));
  assertEquals(named + report.endpoints_other.requests + without_endpoint, records);
  const failed = sum(endpoints.map(({ failed_requests }) => failed_requests));
  assert(failed + report.endpoints_other.failed_requests <= report.failed_requests);
  const timeline = [...report.timeline];
  assertEquals(sum(timeline.map(({ total_requests }) => total_requests)), records);
  const in4xx = sum(timeline.map(({ failed_requests_4xx }) => failed_requests_4xx));
  assertEquals(in4xx, report.failed_requests_4xx);
  assert((report.worst_window?.total_requests ?? 0) <= records);
  assert((report.response_time?.count ?? 0) <= records);
}

/** What merging gives, or nothing if a state is refused. */
function mergeOrRefuse(states: readonly Uint8Array[]): Analysis | undefined {
  try {
    return merge(states);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** A right state is taken, also when it was merged of others, and gives the same state again. */
const isTaken = fc.property(lines, lines, lines, tightOptions, (a, b, c, options) => {
  const state = (analysis: Analysis) => encodeState(analysis, { id: undefined }).slice(0, -1);
  const [one, two, three] = [a, b, c].map((part) => state(analyse(part, options)));
  const left = state(merge([state(merge([one!, two!])), three!]));
  const right = state(merge([three!, state(merge([two!, one!]))]));
  for (const merged of [one!, left, right, state(merge([left, right]))]) {
    const analysis = merge([merged]);
    assertEquals(state(analysis), merged);
    assertSound(analysis);
  }
});

/** A changed state is refused, or the report agrees with itself. */
const isSoundOrRefused = fc.property(
  lines,
  lines,
  tightOptions,
  change,
  (a, b, options, change) => {
    const state = stateOf(analyse(a, options)), right = sign(stateOf(analyse(b, options)));
    apply(state, change);
    const changed = sign(state);
    for (const states of [[changed], [right, changed], [changed, right]]) {
      const analysis = mergeOrRefuse(states);
      if (analysis !== undefined) assertSound(analysis);
    }
  },
);

/** Bytes of any kind, also some in the midst of a state, are refused or change nothing of note. */
const isNoState = fc.property(
  lines,
  tightOptions,
  fc.nat(),
  fc.uint8Array({ maxLength: 9 }),
  fc.boolean(),
  (lines, options, at, bytes, isSigned) => {
    const line = sign(stateOf(analyse(lines, options)));
    const body = line.slice(0, -CHECKSUM_BYTES), start = at % body.length;
    const changed = body.slice(0, Math.max(body.length, start + bytes.length));
    changed.set(bytes.subarray(0, changed.length - start), start);
    for (const state of [bytes, isSigned ? signBytes(changed) : changed, signBytes(bytes)]) {
      const analysis = mergeOrRefuse([state]);
      if (analysis !== undefined) assertSound(analysis);
    }
  },
);

const CHECKSUM_BYTES = ',"checksum":"0123456789abcdef"}'.length;

/**
 * Tries states until one breaks a law, or all have been tried.
 *
 * @param options How many, and where chance starts.
 * @throws {Error} With the smallest input found that breaks a law.
 */
export function fuzzStates({ runs, seed }: { readonly runs: number; readonly seed: number }): void {
  fc.assert(isTaken, { numRuns: Math.ceil(runs / 2), seed });
  fc.assert(isSoundOrRefused, { numRuns: 2 * runs, seed });
  fc.assert(isNoState, { numRuns: runs, seed });
}
