import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { NAMED_FORMATS } from "../../lib/formats/known_formats.ts";
import { encodeRecord } from "../../schema.ts";
import { makeRecord } from "../support/make_record.ts";
import { runScript } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

const HOUR = 3_600e6, START = Date.UTC(2026, 2, 2) * 1000;

/** One request every ten minutes of two days; every third fails, at endpoints with numbers. */
const RECORDS = Array.from({ length: 288 }, (_, i) =>
  makeRecord({
    endpoint: `/api/tasks/${i}?page=${i % 2}`,
    ip: i % 4 === 0 ? "10.0.0.1" : "192.0.2.1",
    statusCode: i % 3 === 0 ? 503 : 200,
    responseTimeUs: 1000 * i,
    userAgent: i % 3 === 1
      ? "Mozilla/5.0 (compatible; Googlebot/2.1)"
      : i % 3 === 2
      ? "curl/8"
      : undefined,
    timestampUs: START + i * HOUR / 6,
  }));
const LOG = RECORDS.map((record) => `${encodeRecord(record)}\n`).join("");

async function report(args: readonly string[], stdin = "") {
  const { stdout, ...result } = await runScript("analyzer.ts", {
    args: ["-o", "json", ...args],
    ...{ stdin, flags: ["-R"] },
  });
  return { ...result, report: stdout === "" ? undefined : JSON.parse(stdout) };
}

Deno.test("analyzer.ts counts what was chosen alone, and says how to choose it again", () =>
  withFolder(async (folder) => {
    const path = join(folder, "access.ndjson");
    await Deno.writeTextFile(path, LOG);
    // The log ends at 23:50 of the second day.
    const cases: readonly (readonly [args: readonly string[], records: number, again: string])[] = [
      [["--since", "2026-03-03"], 144, "--since 2026-03-03T00:00:00Z"],
      [["--until", "2026-03-02T01:00Z"], 6, "--until 2026-03-02T01:00:00Z"],
      [["--since", "2026-03-02T02:00", "--assume-tz=+02:00", "--until", "2026-03-02 03:00"], 6, ""],
      [["--since", "23:00"], 6, "--since 2026-03-03T23:00:00Z"],
      [["--since", "22:00", "--until", "23:00"], 6, ""],
      [["--last", "1h"], 7, "--since 2026-03-03T22:50:00Z"],
      [["--since", "-1h"], 7, "--since 2026-03-03T22:50:00Z"],
      [["--since=-1h", "--until=-30m"], 3, ""],
      [["--where", "status>=500"], 96, "--where 'status>=500'"],
      [
        ["--where", "timestamp>='2026-03-03 04:00' || timestamp<2026-03-02", "--assume-tz=+04:00"],
        144,
        "--where 'timestamp>=2026-03-03T00:00:00Z || timestamp<2026-03-01T20:00:00Z'",
      ],
      [["--where", "status>=500", "--where", "ip in 10.0.0.0/8"], 24, ""],
      [["--exclude-ip", "10.0.0.0/8"], 216, "--exclude-ip 10.0.0.0/8"],
      [["--where", "user_agent~'^curl/'"], 96, "--where 'user_agent~'\\''^curl/'\\'''"],
      [["--exclude-agent", "curl|Go-http"], 192, "--exclude-agent 'curl|Go-http'"],
      [["--exclude-agent=-http"], 288, "--exclude-agent=-http"],
      [["--exclude-agent", "\tx\\d"], 288, "--exclude-agent $'\\011x\\\\d'"],
      [["--bots", "exclude"], 192, "--bots exclude"],
      [["--bots", "only", "--exclude-agent", "curl"], 96, "--exclude-agent curl --bots only"],
      [["--bots", "count"], 288, ""],
      [["--where", "path~'7$'", "--group"], 29, "--where 'path~'\\''7$'\\''' --group"],
    ];
    for (const [args, records, again] of cases) {
      const { code, stderr, report: { input, options } } = await report([...args, path]);
      assertEquals([code, input.records, input.filtered], [0, records, 288 - records], `${args}`);
      if (again !== "") assertEquals(options.selection, again);
      const isTwice = args.some((arg) => /^(\d\d:\d\d|--last|-1h|--since=-1h)$/.test(arg));
      assertEquals(stderr.includes("find the last request, at 2026-03-03T23:50:00Z"), isTwice);
    }
  }));

Deno.test("analyzer.ts --group and --strip-query count endpoints that differ in names as one", async () => {
  const endpointsOf = async (...args: string[]) => {
    const { report: { endpoints } } = await report(args, LOG);
    return endpoints.map((row: { endpoint: string; requests: number }) => [
      row.endpoint,
      row.requests,
    ]).sort();
  };
  assertEquals(await endpointsOf("--group", "--strip-query"), [["/api/tasks/:id", 288]]);
  assertEquals(await endpointsOf("--group"), [
    ["/api/tasks/:id?page=0", 144],
    ["/api/tasks/:id?page=1", 144],
  ]);
  const pattern = await endpointsOf("--group-pattern", "/api/*", "--strip-query");
  assertEquals(pattern, [["/api/*", 288]]);
  assertEquals((await endpointsOf("--strip-query")).length, 288);
});

Deno.test("analyzer.ts chooses the same with any threads, plainly read, and in parts that are merged", () =>
  withFolder(async (folder) => {
    const args = ["--where", "status>=500 || user_agent~'^[CS]'", "--group", "--bots", "exclude"];
    args.push("--since", "2026-03-02T12:00");
    const { stdout: log } = await runScript("generator.ts", {
      args: ["-n", "30000", "--seed", "5", "--start", "2026-03-02T00:00:00"],
    });
    const paths = [join(folder, "a.ndjson"), join(folder, "b.ndjson")];
    const half = log.indexOf("\n", log.length / 2) + 1;
    await Deno.writeTextFile(paths[0]!, log.slice(0, half));
    await Deno.writeTextFile(paths[1]!, log.slice(half));
    const alone = (await report([...args, "-j", "1", ...paths])).report;
    assert(alone.input.filtered > 1000 && alone.input.records > 1000);
    for (const how of [["-j", "2"], ["-j", "3"], ["--no-scan"]]) {
      assertEquals((await report([...args, ...how, ...paths])).report, alone, `${how}`);
    }
    const states = await Promise.all(
      paths.map(async (path) =>
        (await runScript("analyzer.ts", { args: [...args, "--partial", path], flags: ["-R"] }))
          .stdout
      ),
    );
    assertEquals((await report(["--merge"], states.join(""))).report, alone);
    const whole = await runScript("analyzer.ts", { args: ["--partial"], stdin: log });
    for (const other of [[states[0], whole.stdout], [whole.stdout, states[0]]]) {
      const { code, stderr, report: none } = await report(["--merge"], other.join(""));
      assertEquals([code, none], [1, undefined]);
      assertStringIncludes(stderr, "its selection is");
    }
  }));

Deno.test("analyzer.ts chooses in all formats", async () => {
  for (const format of NAMED_FORMATS) {
    const carried = RECORDS.map(({ endpoint, method, ...record }) =>
      format.carried({ ...record, endpoint, method })
    );
    const lines = [...format.header ?? [], ...RECORDS.map(format.write)];
    const { report: { input } } = await report(
      ["-f", format.name, "--where", "status>=500", "--since", "2026-03-03"],
      lines.map((line) => `${line}\n`).join(""),
    );
    const wanted = carried.filter(({ statusCode, timestampUs }) =>
      statusCode >= 500 && timestampUs >= START + 24 * HOUR
    );
    assertEquals([input.records, input.rejected], [wanted.length, 0], format.name);
  }
});

Deno.test("analyzer.ts chooses by user agents that a format has, with any threads and plainly read", () =>
  withFolder(async (folder) => {
    for (const name of ["combined", "ltsv", "iis", "caddy", "ecs", "envoy"]) {
      const format = NAMED_FORMATS.find((format) => format.name === name)!;
      const path = join(folder, name), copies = 100;
      const lines = Array.from({ length: copies }, () => RECORDS.map(format.write)).flat();
      const text = [...format.header ?? [], ...lines].map((line) => `${line}\n`).join("");
      await Deno.writeTextFile(path, text);
      for (const how of [["-j", "1"], ["-j", "2"], ["--no-scan"]]) {
        const args = ["--bots", "only", ...how, path];
        const { report: { input, total_requests: total } } = await report(args);
        assertEquals([total, input.filtered], [96 * copies, 192 * copies], `${name} ${how}`);
      }
    }
  }));

Deno.test("analyzer.ts says what it cannot choose by before it reads", async () => {
  const cases: readonly (readonly [args: readonly string[], code: number, message: string])[] = [
    [["--where", "staus==404"], 2, "\n  staus==404\n  ^^^^^\nUnknown field staus\nFields are"],
    [["--since", "yesterday"], 2, "Cannot use --since yesterday: expected a date"],
    [["--until", "25:00"], 2, "Cannot use --until 25:00: expected a date"],
    [["--last", "1h", "--since", "2026-03-02"], 2, "Cannot use --last with --since"],
    [["--exclude-agent", "(curl"], 2, "Cannot use --exclude-agent: Cannot read the pattern"],
    [["--bots", "none"], 2, "count, exclude or only"],
    [["--exclude-ip", "10.0.0.0/40"], 2, "expected an address or a range"],
    [["--group-pattern", "users/*"], 2, "does not begin with /"],
    [["--last", "15m"], 1, "Cannot tell the end of <stdin>"],
    [["--since", "03:00"], 1, "expected regular files"],
    [["--since", "2026-03-03", "--until", "2026-03-02"], 2, "expected an earlier --since"],
    [["--since", "9999-12-31T23:59:59Z"], 2, "from 1684-07-29 to 2255-06-04"],
    [["--group-pattern", "/a?b=*"], 2, "a path ends before it"],
    [["--since", "-15x"], 2, "Cannot use --since -15x: expected a date"],
    [["--jobs", "-1"], 2, 'Cannot use --jobs "-1": expected'],
  ];
  for (const [args, code, message] of cases) {
    const result = await report(args, LOG);
    assertEquals([result.code, result.report], [code, undefined], result.stderr);
    assertStringIncludes(result.stderr, message);
  }
});

Deno.test("analyzer.ts counts no time from the end of a log without a request", () =>
  withFolder(async (folder) => {
    const path = join(folder, "empty.ndjson");
    await Deno.writeTextFile(path, "\n");
    for (const args of [["--last", "1h"], ["--since", "23:00"], ["--since=-1h", "--until=-2h"]]) {
      const { code, report: { options, total_requests: total } } = await report([...args, path]);
      assertEquals([code, total, options.selection], [0, 0, undefined], `${args}`);
    }
  }));

Deno.test("analyzer.ts says that no line has a user agent, and why there is nothing else, of what was chosen", async () => {
  const line = (status: number, agent: string) =>
    `192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" ${status} 5${agent}\n`;
  const said = "Read no user agent from any line, though a condition asks for one";
  const cases: readonly (readonly [args: readonly string[], agent: string, isSaid: boolean])[] = [
    [["--bots", "exclude"], "", true],
    [["--where", "user_agent~curl"], ' "-" "-"', true],
    [["--where", "user_agent~curl", "--no-scan"], "", true],
    [["--exclude-agent", "curl"], ' "-" "curl/8.9.1"', false],
    [["--where", "status>=500"], "", false],
  ];
  for (const [args, agent, isSaid] of cases) {
    const stdin = [200, 503, 404].map((status) => line(status, agent)).join("").repeat(9);
    const { stderr, stdout } = await runScript("analyzer.ts", { args, stdin });
    assertEquals(stderr.includes(said), isSaid, `${args}: ${stderr}`);
    if (args.includes("status>=500")) {
      assertStringIncludes(stdout, "none (combined has no response times)");
    }
  }
});

Deno.test("analyzer.ts reports zeros, and no failure, where nothing is left", async () => {
  const { code, report: { input } } = await report(["--where", "status==418"], LOG);
  assertEquals([code, input.records, input.filtered, input.first_timestamp], [0, 0, 288, null]);
  const { stdout } = await runScript("analyzer.ts", {
    args: ["--where", "status==418"],
    stdin: `${LOG}no JSON\n`,
  });
  assertStringIncludes(stdout, "Chosen  --where 'status==418' (0 of 288 records)");
});

Deno.test("a client that asks for far more than others is told with the option that shows what for", () =>
  withFolder(async (folder) => {
    const path = join(folder, "access.ndjson"),
      loud = ["198.51.100.7", "2001:db8::7", "no address"];
    const asked = (ip: string, endpoint: string, count: number) =>
      Array<string>(count).fill(encodeRecord(makeRecord({ ip, endpoint, timestampUs: START })));
    const lines = [
      ...loud.flatMap((ip) => [...asked(ip, "/search", 90), ...asked(ip, "/export", 10)]),
      ...["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"].flatMap((ip) => asked(ip, "/", 2)),
    ];
    await Deno.writeTextFile(path, lines.map((line) => `${line}\n`).join(""));
    const { stdout } = await runScript("analyzer.ts", { args: [path], flags: ["-R"] });
    const told = stdout.replaceAll(/\s+/g, " ");
    const hints = [
      ...told.matchAll(/asks for far more .*?100 in all, 0\.0 % failed(?: \((.*?)\))?/g),
    ]
      .map(([, hint]) => hint);
    assertEquals(hints, ["--where ip==198.51.100.7", "--where ip==2001:db8::7", undefined]);
    for (const hint of hints.filter((hint) => hint !== undefined)) {
      const { report: alone } = await report([...hint.split(" "), path]);
      const endpoints = alone.endpoints.map((one: Record<string, unknown>) => [
        one["endpoint"],
        one["requests"] ?? one["total_requests"],
      ]);
      assertEquals(endpoints, [["/search", 90], ["/export", 10]]);
    }
  }));
