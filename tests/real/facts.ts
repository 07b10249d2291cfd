import type { Outcome } from "./analyze_log.ts";

// deno-lint-ignore no-explicit-any -- it was parsed, and is compared
type Json = any;

/** What is compared of a log, by name; a fact that is not known is absent. */
export type Facts = Readonly<Record<string, unknown>>;

/**
 * Tells what another program found in a log, in the form that `factsOfReport()` has.
 *
 * Mapped addresses are compared as IPv4, and what is no client is none of the noisy ones.
 *
 * @param answer The other program's answer.
 */
export function factsOfAnswer(answer: Json): Facts {
  const { busiest_path: busiest, worst_window_60s: worst } = answer;
  return {
    records: answer.parsed_records,
    unused: answer.rejected_lines + (answer.context_lines ?? 0),
    "4xx": answer.failures_4xx,
    "5xx": answer.failures_5xx,
    busiest: busiest === null ? null : [busiest.tied ? ANY : busiest.path, busiest.count],
    worst: worst === null ? null : [worst.start_epoch, worst.failed],
    noisy: sortNoisy(
      answer.ips_over_25_in_one_window.map((row: Json) => [row.ip, row.max, row.windows]),
    ),
    first: toSecond(answer.first_time),
    last: toSecond(answer.last_time),
  };
}

/** Stands for whichever of those that share a place. */
const ANY = "any of a tie";

/**
 * Tells what the analyzer found in a log.
 *
 * @param outcome What it said.
 * @param expected The facts to compare with: of a tie any name will do.
 */
export function factsOfReport({ report }: Outcome, expected: Facts): Facts {
  if (report === undefined) return { report: "none" };
  const { input, busiest_endpoint: busiest, worst_window: worst } = report;
  const isTie = (expected["busiest"] as readonly unknown[] | null)?.[0] === ANY;
  return {
    records: report.total_requests,
    unused: input.rejected + input.context,
    "4xx": report.failed_requests_4xx,
    "5xx": report.failed_requests_5xx,
    busiest: busiest === null ? null : [isTie ? ANY : busiest.endpoint, busiest.requests],
    worst: worst === null ? null : [Date.parse(worst.start) / 1000, worst.failed_requests],
    noisy: sortNoisy(
      report.suspicious_ips.map((row: Json) => [row.ip, row.peak_requests, row.windows]),
    ),
    first: toSecond(input.first_timestamp),
    last: toSecond(input.last_timestamp),
  };
}

type Noisy = readonly [ip: string, peak: number, windows: number];

function sortNoisy(rows: readonly Noisy[]): readonly Noisy[] {
  return rows
    .filter(([ip]) => ip !== "-" && ip !== "")
    .map(([ip, ...counts]): Noisy => [ip.replace(/^::ffff:(?=\d+\.)/i, ""), ...counts])
    .sort(([a], [b]) => a < b ? -1 : 1);
}

function toSecond(time: string | null): number | null {
  return time === null ? null : Math.floor(Date.parse(time) / 1000);
}

/**
 * Tells what a small case asks for.
 *
 * @param expected The case; its `debatable_fields` are not asked for.
 */
export function factsOfCase(expected: Json): Facts {
  const debatable = new Set<string>(expected.debatable_fields ?? []);
  if (debatable.has("rejected")) debatable.add("rejected_lines");
  return Object.fromEntries(
    Object.entries(ASKED)
      .filter(([name]) => name in expected && !debatable.has(name))
      .map(([name, [wanted]]) => [name, wanted(expected[name])]),
  );
}

/**
 * Tells what the analyzer found of what a small case asks for.
 *
 * @param outcome What it said.
 * @param asked The facts that the case asks for.
 */
export function factsForCase(outcome: Outcome, asked: Facts): Facts {
  if (outcome.report === undefined) return { report: "none" };
  return Object.fromEntries(
    Object.entries(ASKED)
      .filter(([name]) => name in asked)
      .map(([name, [, found]]) => [name, found(outcome)]),
  );
}

type Reads = readonly [wanted: (value: Json) => unknown, found: (outcome: Outcome) => unknown];

const same = (value: Json) => value;
const inputs = (name: string): Reads => [same, ({ report }) => report.input[name]];
const tops = (name: string): Reads => [same, ({ report }) => report[name]];
const lists = (of: (outcome: Outcome) => Json[]): Reads => [
  (wanted) => wanted.toSorted(),
  (outcome) => of(outcome).toSorted(),
];

/** Each question of a case, as it is asked and as the report answers it. */
const ASKED: Readonly<Record<string, Reads>> = {
  lines: inputs("lines"),
  records: inputs("records"),
  rejected: inputs("rejected"),
  blank: inputs("blank"),
  context: inputs("context"),
  without_endpoint: inputs("without_endpoint"),
  failed_4xx: tops("failed_requests_4xx"),
  failed_5xx: tops("failed_requests_5xx"),
  statuses: tops("statuses"),
  busiest: [same, ({ report }) => report.busiest_endpoint?.endpoint],
  busiest_requests: [same, ({ report }) => report.busiest_endpoint?.requests],
  fastest: [toRequest, ({ report }) => toRequest(report.fastest_endpoint)],
  slowest: [toRequest, ({ report }) => toRequest(report.slowest_endpoint)],
  first_timestamp: [toMicroseconds, ({ report }) => toMicroseconds(report.input.first_timestamp)],
  last_timestamp: [toMicroseconds, ({ report }) => toMicroseconds(report.input.last_timestamp)],
  clients: [same, ({ report }) => report.clients.distinct],
  client_list: lists(({ report }) => report.clients.top.map(({ ip }: Json) => ip)),
  worst_window: [same, ({ report: { worst_window: worst } }) =>
    worst && {
      start: worst.start,
      total: worst.total_requests,
      "4xx": worst.failed_requests_4xx,
      "5xx": worst.failed_requests_5xx,
    }],
  response_times_ms: [
    (times) => [times.length, Math.min(...times), Math.max(...times)],
    ({ report: { response_time: times } }) => times && [times.count, times.min, times.max],
  ],
  rejected_lines: [
    (rows) => rows.map(({ line }: Json) => line),
    ({ rejectedLines }) => rejectedLines,
  ],
};

function toRequest(request: Json): unknown {
  return request && { ...request, timestamp: toMicroseconds(request.timestamp) };
}

/** A time with six decimals, as the report has it. */
function toMicroseconds(time: string | null): string | null {
  return time?.replace(/(?:\.(\d+))?Z$/, (_, decimals = "") => `.${decimals.padEnd(6, "0")}Z`) ??
    null;
}

/**
 * Names what differs.
 *
 * @param expected What is right.
 * @param found What was found.
 * @returns A text for each fact that differs: its name, what was found, and what is right.
 */
export function differences(expected: Facts, found: Facts): string[] {
  return Object.keys(expected)
    .filter((name) => !equal(expected[name], found[name]))
    .map((name) => `${name} ${show(name, found)}, not ${show(name, expected)}`);
}

/** A fact for a message: of noisy clients only how many, since their addresses are nobody's business. */
function show(name: string, facts: Facts): string {
  const value = facts[name];
  if (name === "noisy" && Array.isArray(value)) return `${value.length} clients`;
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1));
}
