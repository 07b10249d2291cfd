import { assertEquals } from "@std/assert";
import { renderNaiveReport } from "../support/naive_report.ts";
import { runScript } from "../support/run_script.ts";

const WINDOWS_MS = { "1ms": 1, "1500ms": 1500, "1s": 1e3, "60s": 6e4, "7m": 42e4, "1d": 864e5 };
// As UTF-16 these two sort the other way round.
const [TILDE, EMOJI] = ["\uFF5E", "\u{1F600}"];

Deno.test("analyzer.ts reports what a naive reference finds in generated logs", async () => {
  for (const seed of [1, 7, 42, 20251224]) {
    const input = await generate(seed);
    for (const window of ["1s", "60s", "7m", "1d"] as const) {
      await Promise.all([0, 5, 25].map((suspicious) => check(input, { window, suspicious })));
    }
    const { stdout } = await runScript("analyzer.ts", { args: ["-o", "json"], stdin: input });
    assertEquals(stdout, (await check(input, { window: "60s", suspicious: 25 })).stdout);
  }
});

Deno.test("analyzer.ts reports the same on shuffled and on repeated lines", async () => {
  const lines = (await generate(42)).trimEnd().split("\n");
  await checkAnyOrder(lines, { window: "7m", suspicious: 5 });
  await checkAnyOrder([...lines, ...lines], { suspicious: 5 });
});

Deno.test("analyzer.ts reports what a reader finds in a small log", async () => {
  const log = [
    line({ endpoint: "/a", ip: "::", response_time: 2, timestamp: "2025-12-24T00:01:00" }),
    line({ method: "PUT", status_code: 503, response_time: 0.5 }),
    line({ endpoint: "/a", ip: "::", response_time: 2.001, timestamp: "2025-12-24T01:01:30+0100" }),
    line({ endpoint: "-", ip: "::", status_code: "404", timestamp: "2025-12-24T00:01:59.5" }),
    "\noops",
  ].join("\n");
  const { report } = await check(log, { suspicious: 2 });
  const expected = `
    {"report":"http-log-report/1","options":{"window_seconds":60,"suspicious_over":2,
    "slow_over_ms":1000,"timeline_step_seconds":60},"input":{"lines":6,"records":4,"rejected":1,"blank":1,"context":0,
    "filtered":0,"rejected_by_reason":{"not_json":1},"without_endpoint":1,
    "without_client":0,"assumed_zone":0,"bytes":463,
    "first_timestamp":"2025-12-24T00:00:00.000000Z","last_timestamp":"2025-12-24T00:01:59.500000Z"},
    "total_requests":4,"successful_requests":2,"failed_requests":2,
    "failed_requests_4xx":1,"failed_requests_5xx":1,"slow_requests":0,"fastest_endpoint":{"endpoint":"/",
    "method":"PUT","response_time":0.5,"timestamp":"2025-12-24T00:00:00.000000Z"},
    "slowest_endpoint":{"endpoint":"/a","method":"GET","response_time":2.001,
    "timestamp":"2025-12-24T00:01:30.000000Z"},"busiest_endpoint":{"endpoint":"/a","requests":2},
    "worst_window":{"start":"2025-12-24T00:00:00Z","end":"2025-12-24T00:01:00Z","total_requests":1,
    "failed_requests":1,"failed_requests_4xx":0,"failed_requests_5xx":1,
    "slow_requests":0,"failed_endpoints":{"distinct":1,"top":[{"endpoint":"/","failed_requests":1}]},
    "suspicious_ips":[],"suspicious_clients":[]},"slowest_window":null,
    "suspicious_ips":[{"ip":"::","peak_requests":3,"windows":1,"first_window":"2025-12-24T00:01:00Z",
    "total_requests":3,"failed_requests":1}],"endpoints":[
    {"endpoint":"/a","requests":2,"failed_requests":0,"failed_requests_4xx":0,
    "failed_requests_5xx":0,"slow_requests":0,"error_rate":0,
    "response_time":{"count":2,"min":2,"mean":2.001,"p50":2,"p90":2.001,"p95":2.001,"p99":2.001,"max":2.001,"total":4.001},
    "response_time_successful":{"count":2,"min":2,"mean":2.001,"p50":2,"p90":2.001,"p95":2.001,"p99":2.001,"max":2.001,"total":4.001},
    "response_time_failed":null,
    "outcomes":[{"method":"GET","status":200,"requests":2}],"outcomes_other":0},
    {"endpoint":"/","requests":1,"failed_requests":1,"failed_requests_4xx":0,
    "failed_requests_5xx":1,"slow_requests":0,"error_rate":1,
    "response_time":{"count":1,"min":0.5,"mean":0.5,"p50":0.5,"p90":0.5,"p95":0.5,"p99":0.5,"max":0.5,"total":0.5},
    "response_time_successful":null,
    "response_time_failed":{"count":1,"min":0.5,"mean":0.5,"p50":0.5,"p90":0.5,"p95":0.5,"p99":0.5,"max":0.5,"total":0.5},
    "outcomes":[{"method":"PUT","status":503,"requests":1}],"outcomes_other":0}],
    "endpoints_other":{"requests":0,"failed_requests":0,"slow_requests":0},
    "response_time":{"count":3,"min":0.5,"mean":1.5,"p50":2,"p90":2.001,"p95":2.001,"p99":2.001,"max":2.001,"total":4.501},
    "response_time_steps":{"step_seconds":60,"steps":[{"start":"2025-12-24T00:00:00Z",
    "response_time":{"count":1,"min":0.5,"mean":0.5,"p50":0.5,"p90":0.5,"p95":0.5,"p99":0.5,"max":0.5,"total":0.5}},
    {"start":"2025-12-24T00:01:00Z",
    "response_time":{"count":2,"min":2,"mean":2.001,"p50":2,"p90":2.001,"p95":2.001,"p99":2.001,"max":2.001,"total":4.001}}]},
    "clients":{"distinct":2,"top":[{"ip":"::","requests":3,"failed_requests":1},
    {"ip":"192.0.2.1","requests":1,"failed_requests":1}]},"statuses":{"200":2,"404":1,"503":1},
    "methods":{"GET":3,"PUT":1},"timeline":[{"start":"2025-12-24T00:00:00Z","total_requests":1,
    "failed_requests":1,"failed_requests_4xx":0,"failed_requests_5xx":1,"slow_requests":0},
    {"start":"2025-12-24T00:01:00Z","total_requests":3,"failed_requests":1,
    "failed_requests_4xx":1,"failed_requests_5xx":0,"slow_requests":0}],"accuracy":{}}`;
  assertEquals(JSON.stringify(report), expected.replaceAll(/\n */g, ""));
});

Deno.test("analyzer.ts breaks ties of requests by time, endpoint and method", async () => {
  const ties: [winner: Fields, ...others: Fields[]][] = [
    [{ endpoint: "/z", method: "Z", timestamp: "2025-12-23T23:59:59.999999" }, { method: "A" }],
    [{ endpoint: "/a", timestamp: "2025-12-24T00:00:00.0000009" }, { endpoint: "/b" }],
    [{ endpoint: "/a", timestamp: "2025-12-24T01:00:00+01:00" }, { endpoint: "/b" }],
    [{ endpoint: "/a", method: "Z" }, { endpoint: "/b", method: "A" }],
    [{ endpoint: TILDE }, { endpoint: EMOJI }, { endpoint: `${TILDE}!` }],
    [{ endpoint: "/10" }, { endpoint: "/9" }, { endpoint: "/100" }],
    [{ method: "\uE000" }, { method: EMOJI }, { method: `\uE000${EMOJI}` }],
    [{ method: "" }, { method: "DELETE" }, { method: "get" }],
  ];
  for (const tie of ties) {
    const lines = tie.map((fields) => line({ response_time: 7.5, ...fields }));
    const { fastest_endpoint: fastest, slowest_endpoint: slowest } = await checkAnyOrder(lines);
    const { endpoint, method } = JSON.parse(lines[0] ?? "");
    assertEquals([fastest.endpoint, fastest.method], [endpoint, method]);
    assertEquals([slowest.endpoint, slowest.method], [endpoint, method]);
  }
});

Deno.test("analyzer.ts breaks ties of endpoints, clients and windows", async () => {
  const names = [EMOJI, TILDE, "/b", "/a", "/B", "/10", "/9", "\uE000", "__proto__"];
  const lines = names.flatMap((name, index) => {
    const timestamp = `2025-12-24T00:0${(index + 5) % 9}:00`;
    return [200, 404, 500, 500].map((status) =>
      line({ endpoint: name, ip: name, status_code: status, timestamp })
    );
  });
  const report = await checkAnyOrder(lines, { suspicious: 3 });
  const sorted = ["/10", "/9", "/B", "/a", "/b", "__proto__", "\uE000", TILDE, EMOJI];
  assertEquals(report.endpoints.map((row: Fields) => row.endpoint), sorted);
  assertEquals(report.clients.top.map((row: Fields) => row.ip), sorted);
  assertEquals(report.suspicious_ips.map((row: Fields) => row.ip), sorted);
  assertEquals(report.busiest_endpoint, { endpoint: "/10", requests: 4 });
  assertEquals(report.worst_window.start, "2025-12-24T00:00:00Z");
  assertEquals(report.worst_window.suspicious_ips, ["/B"]);
});

Deno.test("analyzer.ts counts every status, and lists the 100 busiest clients", async () => {
  const lines = Array.from({ length: 1800 }, (_, index) => {
    const status = 100 + index % 900;
    return line({ ip: `::${index % 130}`, status_code: index < 900 ? status : String(status) });
  });
  const { clients } = await checkAnyOrder(lines, { suspicious: 13 });
  assertEquals([clients.distinct, clients.top.length], [130, 100]);
});

Deno.test("analyzer.ts puts records at the edges of windows where they belong", async () => {
  const times = [
    ["1969-12-31T23:58:59.999999", "1969-12-31T23:59:00", "1969-12-31T23:59:59.9999999"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:59.999999999", "1970-01-01T00:01:00"],
    ["2025-12-24T00:01:00", "2025-12-24T00:01:00.000001", "2025-12-24T00:00:59.999999"],
    ["2025-12-24T00:00:60", "2025-12-23T23:59:60.5", "1969-12-31T23:59:60"],
    ["2025-12-24T00:01:01.499999", "2025-12-24T00:01:01.5", "2025-12-24T00:01:00.001"],
    ["1684-07-29T00:00:00", "2255-06-04T23:59:59.999999", "2255-06-05T01:00:00+02:00"],
  ];
  const lines = times.flat().map((timestamp) => line({ timestamp, status_code: "503" }));
  for (const window of ["1ms", "1500ms", "1s", "60s", "7m", "1d"] as const) {
    await checkAnyOrder(lines, { window, suspicious: 1 });
  }
});

Deno.test("analyzer.ts reads every way to write an instant", async () => {
  const same = [
    ["2025-12-24T00:00:00", "2025-12-24T00:00:00Z", "2025-12-24t00:00:00z"],
    ["2025-12-24 00:00:00.000000999", "2025-12-24T05:30:00.0+0530", "2025-12-24T00:00:00-00:00"],
    ["2025-12-23T16:00:00-08:00", "2025-12-23T23:59:60Z", "2025-12-24 23:59:00.00+23:59"],
  ].flat();
  const lines = same.map((timestamp) => line({ timestamp, status_code: "404" }));
  const { input, worst_window } = await checkAnyOrder(lines, { window: "1ms", suspicious: 8 });
  assertEquals(input.last_timestamp, "2025-12-24T00:00:00.000000Z");
  assertEquals([worst_window.end, worst_window.total_requests], ["2025-12-24T00:00:00.001000Z", 9]);
});

Deno.test("analyzer.ts reads response times to the µs, and rounds means half up", async () => {
  const times = {
    "/half": [0, 0.001],
    "/up": [0.001, 0.002, 0.002],
    "/down": [0.001, 0.001, 0.002],
    "/cut": [1.0005, 1.0015, 0.0005, 0.0004, 1e-9, 5e-324, 0.1, 0.07, 4.35, 1.005],
    "/odd": [999_999_999_999.999, 1e12],
    "/sum": [...Array(10).fill(1e12), ...Array(500).fill(0.001)],
    "/none": [null, undefined],
    "-": [1e-6, 1e12],
  };
  const lines = Object.entries(times).flatMap(([endpoint, each]) =>
    each.map((time) => line({ endpoint, response_time: time }))
  );
  const { endpoints } = await checkAnyOrder(lines);
  const rows = Object.fromEntries(endpoints.map((row: Fields) => [row.endpoint, row]));
  const means = ["/half", "/up", "/down", "/odd"].map((name) => rows[name].response_time.mean);
  assertEquals(means, [0.001, 0.002, 0.001, 1e12]);
  assertEquals(rows["/sum"].response_time.total, 10_000_000_000_000.5);
  assertEquals(rows["/none"].response_time, null);
});

Deno.test("analyzer.ts takes the text of a log as data", async () => {
  const names = [
    ["", "-", "--", " ", "\t", "a\u0000b", "\u001F", "\u007F", "/\u0085", "/\u00A0", "\u2028"],
    ["__proto__", "constructor", "toString", "hasOwnProperty", "length", "0", "9", "10", "!"],
    ["\uD800", "\uDC00x", "\uFFFD", EMOJI, TILDE, '"', "\\", "é", "e\u0301", "null", "GET"],
  ].flat();
  const lines = names.flatMap((name, index) => [
    line({ endpoint: name, response_time: index, user_agent: null }),
    line({ method: name, response_time: null, user_agent: name, referer: { [name]: name } }),
    line({ ip: name, response_time: 50 - index, status_code: "500" }),
  ]);
  await checkAnyOrder([
    ...lines,
    line().replace("}", ',"method":"PUT","status_code":1,"status_code":"503","__proto__":{}}'),
    line().replace('"ip"', '"\\u0069p"').replaceAll(",", " ,\r\t").replace("/", "\\/"),
    line().replace("{", '{"__proto__":{"method":1},').replace("GET", "\\ud83d\\ude00 \\ud83d"),
    line().replace("}", ',"response_time":-0.0}'),
    `{"__proto__":${line()}}`,
  ], { suspicious: 0 });
});

Deno.test("analyzer.ts counts blank and rejected lines, each reason in its order", async () => {
  const rejected = {
    not_json: [
      "{",
      "GET / 200",
      "\u00A0",
      "\f{}",
      "{'ip':1}",
      "{}{}",
      `\uFEFF\uFEFF${line()}`,
      "\0",
    ],
    not_object: ["[]", `[1, ${line()}]`, "null", "1", '"GET"', "true"],
    missing_field: ["{}", line({ method: undefined, ip: 1 }), line({ timestamp: undefined })],
    bad_type: [
      [{ ip: 1, status_code: "1" }, { timestamp: 0, response_time: -1 }, { method: {} }],
      [{ endpoint: [] }, { status_code: true }, { user_agent: 5 }, { response_time: "5" }],
      [{ response_time: false }, { method: null }, { timestamp: null }, { status_code: null }],
    ].flat().map(line),
    bad_status: [
      ["099", "99", "1000", "", "2xx", " 200", "200 ", "+20", "2e2", "٢٠٠", "200\n"],
      [99, 1000, 200.5, -200, 0, 1e300],
    ].flat().map((status) => line({ status_code: status, timestamp: "now" })),
    bad_timestamp: [
      ["2025-02-29T00:00:00", "1900-02-29T00:00:00", "2025-13-01T00:00:00", "2025-00-01T00:00:00"],
      ["2025-04-31T00:00:00", "2025-12-00T00:00:00", "2025-12-24T24:00:00", "2025-12-24T00:60:00"],
      ["2025-12-24T00:00:61", "2025-12-24T00:00", "2025-12-24", "20251224T000000Z", "", "now"],
      ["2025-12-24T00:00:00.", "2025-12-24T00:00:00,5", "2025-12-24T00:00:00.0000000001"],
      ["2025-12-24T00:00:00+01", "2025-12-24T00:00:00+1:00", "2025-12-24T00:00:00 Z"],
      ["2025-12-24T00:00:00\u221201:00", "2025-12-24_00:00:00", "2025-12-24T00:00:00Z\n"],
      [" 2025-12-24T00:00:00", "2025-12-24  00:00:00", "+002025-12-24T00:00:00", "1766534400"],
      ["1684-07-28T23:59:59", "2255-06-05T00:00:00", "2255-06-04T23:59:60", "0000-01-01T00:00:00"],
    ].flat().map((timestamp) => line({ timestamp, response_time: -1 })),
    bad_response_time: [-1, -1e-9, 1e12 + 0.001].map((time) => line({ response_time: time })),
  };
  const lines = Object.values(rejected).flat();
  const { report } = await check(lines.join("\n"));
  const counts = Object.entries(rejected).map(([reason, { length }]) => [reason, length]);
  assertEquals(Object.entries(report.input.rejected_by_reason), counts);
  await checkAnyOrder([...lines, "", " ", "\t\r ", "\r\r", line(), line({ status_code: "404" })]);
});

Deno.test("analyzer.ts reads any framing of lines, and nothing", async () => {
  const [first, second] = [line({ response_time: 3 }), line({ endpoint: "/é😀", ip: "::1" })];
  const framings = [
    [`${first}\n${second}\n`, `${first}\n${second}`, `${first}\r\n${second}\r\n`],
    [`${first}\r\n${second}\r`, `\uFEFF${first}\n${second}`, `\uFEFF\r\n${first}\r\r\n\n`],
    [`\n\n${first}\n\n\n`, ` \t${first} \r\n\t\n`, `${first}\n  `, `${first}\n\r`, `${first}\r`],
    [`${first}\r${second}\n`, `\uFEFF\uFEFF${first}\n${second}\n`, `${first}\n\uFEFF${second}`],
    ["", "\n", "\r\n \n\t", "\uFEFF", "\uFEFF\n"],
  ];
  for (const input of framings.flat()) await check(input);
  const bytes = new TextEncoder().encode(`${first}\n${second}\n${first}`);
  for (const broken of [0x80, 0xC3, 0xE2, 0xF0, 0xFF]) {
    await check(bytes.map((byte) => byte === 0x2F ? broken : byte));
  }
});

Deno.test("analyzer.ts reports what a naive reference finds in random hard lines", async () => {
  const random = seedRandom(9);
  const pick = <T>(...values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const rarely = (bad: unknown, good: unknown): unknown => random() < 0.02 ? bad : good;
  const name = () => pick("/a", "/b", "/A", "-", "", "\u0007", EMOJI, TILDE, "__proto__", "1");
  const time = () =>
    pick("1969-12-31", "1970-01-01", "2025-12-24") + pick("T", " ") + pick("00:00", "23:59") +
    pick(":00", ":01", ":30", ":59", ":60") + pick("", ".999999", ".5", ".0000019", ".000001") +
    pick("", "Z", "+02:00");
  const hardLine = () =>
    line({
      method: rarely(undefined, pick("GET", "POST", "2", "11", name())),
      endpoint: rarely(null, name()),
      status_code: rarely("2000", pick<unknown>(200, "399", "400", 499, "500", 599, "600")),
      ip: rarely(7, pick(name(), `::${Math.floor(random() * 150)}`)),
      response_time: rarely(-1, pick(undefined, null, 0, 1, 1.5, random(), random() * 9)),
      timestamp: rarely("2025-02-30T00:00:00", time()),
    });
  const odd = ["", "\t", "{", "[]", "null"];
  const lines = [...odd, ...Array.from({ length: 4000 }, hardLine), ...odd];
  await checkAnyOrder(lines, { window: "1500ms", suspicious: 2 });
  await checkAnyOrder(lines);
  await checkAnyOrder(lines, { window: "1d", suspicious: 0, slowMs: 20 });
});

type Fields = Readonly<Record<string, unknown>>;
type Flags = {
  readonly window?: keyof typeof WINDOWS_MS;
  readonly suspicious?: number;
  readonly slowMs?: number;
};

/** Runs the analyzer on the input, and holds its report against the reference's, byte for byte. */
async function check(
  input: string | Uint8Array<ArrayBuffer>,
  { window = "60s", suspicious = 25, slowMs = 1000 }: Flags = {},
) {
  const stdin = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const given = ["--window", window, "--suspicious", `${suspicious}`, "--slow", `${slowMs}ms`];
  const args = ["-o", "json", ...given];
  const { stdout, code } = await runScript("analyzer.ts", { args, stdin });
  const windowUs = BigInt(WINDOWS_MS[window]) * 1000n;
  const slowOverUs = BigInt(slowMs) * 1000n;
  const expected = renderNaiveReport(stdin, { windowUs, suspiciousOver: suspicious, slowOverUs });
  const exact = putExactPercentiles(withoutFindings(stdout), expected);
  const report = JSON.parse(exact);
  assertEquals(report, JSON.parse(expected));
  assertEquals(exact, `${expected}\n`);
  assertEquals(code, report.input.rejected > 0 && report.input.records === 0 ? 1 : 0);
  return { report, stdout };
}

/** Leaves out what stands out: `tests/findings` has that, by logs with planted faults. */
function withoutFindings(stdout: string): string {
  return stdout.replace(/^ {2}"findings": \[(?:\]|\n[^]*?^ {2}\]),\n/m, "");
}

/** Takes the expected percentiles for those that are within 1 % of them. */
function putExactPercentiles(stdout: string, expected: string): string {
  const exact = [...expected.matchAll(PERCENTILE)].map(([, , ms]) => ms!);
  return stdout.replaceAll(PERCENTILE, (shown, name, ms) => {
    const wanted = exact.shift();
    return Math.abs(ms - Number(wanted)) <= Number(wanted) / 100 ? `${name}${wanted}` : shown;
  });
}

const PERCENTILE = /^( *"p\d\d": )(.*?)(?=,$)/gm;

/** Checks the lines in order, backwards and shuffled: all must give the same report. */
async function checkAnyOrder(lines: readonly string[], flags?: Flags) {
  const random = seedRandom(lines.length);
  const ranked = lines.map((text) => ({ text, rank: random() })).sort((a, b) => a.rank - b.rank);
  const orders = [lines, lines.toReversed(), ranked.map(({ text }) => text)];
  const runs = await Promise.all(orders.map((order) => check(`${order.join("\n")}\n`, flags)));
  for (const { stdout } of runs) assertEquals(stdout, runs[0]?.stdout);
  return runs[0]?.report;
}

async function generate(seed: number): Promise<string> {
  return (await runScript("generator.ts", { args: ["-n", "3000", "--seed", `${seed}`] })).stdout;
}

function line(fields: Fields = {}): string {
  const usual = { method: "GET", endpoint: "/", status_code: "200", ip: "192.0.2.1" };
  return JSON.stringify({ ...usual, timestamp: "2025-12-24T00:00:00", ...fields });
}

/** Numbers in (0, 1) by the minimal standard generator of Park and Miller. */
function seedRandom(seed: number): () => number {
  let state = 1_234_567_890 + seed;
  return () => (state = state * 48271 % 2147483647) / 2147483647;
}
