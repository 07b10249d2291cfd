import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { Ajv2020 } from "ajv/2020";
import { REPORT_SCHEMA } from "../../lib/report/report_schema.ts";
import { PROJECT } from "../support/run_script.ts";

const isReport = new Ajv2020({ strict: true }).compile(REPORT_SCHEMA);
const SPECS = join(PROJECT, "tests", "specs", "analyzer");

async function goldenReports(): Promise<{ name: string; report: Record<string, unknown> }[]> {
  const reports = [];
  for await (const { name } of Deno.readDir(SPECS)) {
    const text = await Deno.readTextFile(join(SPECS, name, "stdout")).catch(() => "");
    if (text.startsWith("{")) reports.push({ name, report: JSON.parse(text) });
  }
  return reports;
}

Deno.test("REPORT_SCHEMA holds for every golden report", async () => {
  const reports = await goldenReports();
  assert(reports.length >= 4);
  for (const { name, report } of reports) {
    assert(isReport(report), `${name}: ${JSON.stringify(isReport.errors)}`);
  }
});

Deno.test("REPORT_SCHEMA misses every member that is taken away, and every one that is added", async () => {
  const { report } = (await goldenReports()).find(({ name }) => name === "small_log_json")!;
  let changes = 0;
  for (const path of objectPaths(report)) {
    const object = at(report, path);
    // Tallies hold what the log holds.
    if (/^(statuses|methods|input,rejected_by_reason)$/.test(path.join())) continue;
    for (const key of Object.keys(object)) {
      // Which percentiles there are is a matter of choice.
      if (/^p\d/.test(key)) continue;
      const changed = structuredClone(report);
      delete at(changed, path)[key];
      assert(!isReport(changed), `without ${[...path, key].join(".")}`);
      changes++;
    }
    const changed = structuredClone(report);
    at(changed, path).another = 1;
    assert(!isReport(changed), `with another member in ${path.join(".")}`);
  }
  assert(changes > 60);
});

Deno.test("REPORT_SCHEMA rejects values of the wrong kind", () => {
  const wrong: readonly (readonly [path: string, value: unknown])[] = [
    ["report", "http-log-report/2"],
    ["total_requests", -1],
    ["total_requests", 1.5],
    ["input.first_timestamp", "2025-12-24T00:00:00Z"],
    ["worst_window.start", "2025-12-24 00:00:00"],
    ["endpoints.0.error_rate", 1.1],
    ["response_time.min", -1],
    ["statuses", { "99": 1 }],
    ["methods", { GET: 0 }],
    ["accuracy", { "clients.distinct": {} }],
  ];
  const golden = Deno.readTextFileSync(join(SPECS, "small_log_json", "stdout"));
  for (const [path, value] of wrong) {
    const report = JSON.parse(golden);
    const keys = path.split(".");
    at(report, keys.slice(0, -1))[keys.at(-1)!] = value;
    assertEquals(isReport(report), false, path);
  }
});

function* objectPaths(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield path;
  for (const [key, inner] of Object.entries(value)) yield* objectPaths(inner, [...path, key]);
}

function at(value: unknown, path: readonly string[]): Record<string, unknown> {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<string, unknown>)[key],
    value,
  ) as Record<
    string,
    unknown
  >;
}
