import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { allFlags, UsageError } from "../../../lib/cli/command/command.ts";
import { parseArguments } from "../../../lib/cli/command/parse_arguments.ts";
import { ANALYZER } from "../../../lib/cli/options/analyzer_command.ts";
import { generatorCommand } from "../../../lib/cli/options/generator_command.ts";

const GENERATOR = generatorCommand(["classic"]);

Deno.test("parseArguments() gives the promised defaults", () => {
  assertEquals(parseArguments(ANALYZER, []), {
    settings: {
      files: [],
      formats: ["auto"],
      fields: [],
      client: "first",
      assumedOffsetUs: 0,
      output: "text",
      windowUs: 60_000_000,
      slowOverUs: 1_000_000,
      suspiciousOver: 25,
      since: undefined,
      until: undefined,
      lastUs: undefined,
      conditions: [],
      excludedIps: [],
      excludedAgents: [],
      bots: "count",
      stripsQuery: false,
      isGrouping: false,
      groupPatterns: [],
      absoluteUrls: "keep",
      percentiles: [50, 90, 95, 99],
      top: undefined,
      sort: "failed",
      color: "auto",
      maxEndpoints: 20_000,
      maxClients: 200_000,
      maxWindows: 100_000,
      maxPairs: 1_000_000,
      maxLineBytes: 1_048_576,
      rejects: undefined,
      maxRejected: { percent: 100 },
      isPartial: false,
      isScanning: true,
      jobs: undefined,
      shard: undefined,
      isMerge: false,
      expect: undefined,
    },
  });
  assertEquals(parseArguments(GENERATOR, []), {
    settings: {
      count: 5000,
      seed: 42,
      startUs: Date.UTC(2025, 11, 24) * 1000,
      format: "ndjson",
      profile: "classic",
      endpoints: undefined,
      clients: undefined,
      zipf: undefined,
      rate: Infinity,
    },
  });
});

Deno.test("parseArguments() joins the values of an option that may be given more than once", () => {
  const settingsOf = (...args: string[]) => {
    const request = parseArguments(ANALYZER, args);
    return typeof request === "object" ? request.settings : request;
  };
  assertEquals(
    settingsOf("-f", "combined", "--format=$status -", "-fauto", "--field", "ip=a", "--field=b=c"),
    {
      ...settingsOf() as object,
      formats: ["combined", "$status -", "auto"],
      fields: ["ip=a", "b=c"],
    },
  );
  assertThrows(() => settingsOf("-f", ""), UsageError, "Cannot use --format without a value");
  assertThrows(() => settingsOf("--merge", "-f", "a"), UsageError, "--format with --merge");
});

Deno.test("parseArguments() reads offsets from UTC", () => {
  const offsetOf = (text: string) => {
    const request = parseArguments(ANALYZER, [`--assume-tz=${text}`]);
    return typeof request === "object" ? request.settings.assumedOffsetUs : request;
  };
  const MINUTE_US = 60_000_000;
  const cases = { Z: 0, "+02:00": 120, "-05:30": -330, "-00:00": 0, "+23:59": 1439 };
  for (const [text, minutes] of Object.entries(cases)) {
    assertEquals(offsetOf(text), minutes * MINUTE_US, text);
  }
  for (const text of ["", "2", "+2:00", "+0200", "+24:00", "+01:60", "z", "UTC", "+02:00Z"]) {
    assertThrows(() => offsetOf(text), UsageError, "expected an offset from UTC", text);
  }
});

Deno.test("parseArguments() takes values in every spelling", () => {
  const settingsOf = (line: string) => {
    const request = parseArguments(ANALYZER, line.split(" "));
    return typeof request === "object" ? request.settings : request;
  };
  const request = parseArguments(ANALYZER, []);
  const defaults = typeof request === "object" ? request.settings : {};
  for (
    const line of [
      "-o json",
      "-o=json",
      "--output json",
      "--output=json",
      "-o text -o json",
      "-ojson",
    ]
  ) {
    const settings = settingsOf(line);
    assertEquals(typeof settings === "object" && settings.output, "json", line);
  }
  assertEquals(settingsOf("--strict 12 a -"), {
    ...defaults,
    files: ["12", "a", "-"],
    maxRejected: { count: 0 },
  });
  const dashes = parseArguments(ANALYZER, ["--", "--top", "-x"]);
  assertEquals(typeof dashes === "object" && dashes.settings.files, ["--top", "-x"]);
});

Deno.test("parseArguments() reads durations in all units", () => {
  const cases = [["1ms", 1e3], ["90s", 90e6], ["5m", 300e6], ["2h", 7200e6], ["366d", 31622400e6]];
  for (const [text, windowUs] of cases) {
    const request = parseArguments(ANALYZER, ["--window", String(text)]);
    assertEquals(typeof request === "object" && request.settings.windowUs, windowUs);
  }
});

Deno.test("parseArguments() reads sizes, limits and percentiles", () => {
  const request = parseArguments(ANALYZER, ["--percentiles", "99.9,50,100,50.0,0.1"]);
  assertEquals(typeof request === "object" && request.settings.percentiles, [0.1, 50, 99.9, 100]);
  const sizes = [["1", 1], ["70B", 70], ["2kB", 2000], ["4KiB", 4096], ["64MiB", 67_108_864]];
  for (const [text, maxLineBytes] of sizes) {
    const request = parseArguments(ANALYZER, ["--max-line", String(text)]);
    assertEquals(typeof request === "object" && request.settings.maxLineBytes, maxLineBytes);
  }
  const limits = [["0", { count: 0 }], ["100", { count: 100 }], ["0.5%", {
    percent: 0.5,
  }]] as const;
  for (const [text, maxRejected] of limits) {
    const request = parseArguments(ANALYZER, ["--max-rejected", text]);
    assertEquals(typeof request === "object" && request.settings.maxRejected, maxRejected);
  }
});

Deno.test("parseArguments() lets help and version win over all else", () => {
  assertEquals(parseArguments(ANALYZER, ["--top", "ten", "--help"]), "help");
  // Behind two dashes there are files.
  for (const name of ["--help", "--usage", "--version"]) {
    const request = parseArguments(ANALYZER, ["--", name]);
    assertEquals(typeof request === "object" && request.settings.files, [name]);
  }
  assertEquals(parseArguments(ANALYZER, ["-h", "--frob"]), "usage");
  assertEquals(parseArguments(GENERATOR, ["--version", "x"]), "version");
});

Deno.test("parseArguments() says what it found, what it wanted, and an example", () => {
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [["--top", "ten"], 'Cannot use --top "ten": expected a positive integer, for example --top 10'],
    [["--top", "0"], 'Cannot use --top "0": expected a positive integer, for example --top 10'],
    [
      ["--top"],
      "Cannot use --top without a value: expected a positive integer, for example --top 10",
    ],
    [["--top", "-5"], 'Cannot use --top "-5": expected a positive integer'],
    [["-opink"], 'Cannot use --output "pink": expected text or json'],
    [["--color=pink"], 'Cannot use --color "pink": expected auto, always or never'],
    [["--window", "60"], 'Cannot use --window "60": expected a positive integer with unit'],
    [["--window", "0s"], 'Cannot use --window "0s"'],
    [["--window", "1.5m"], 'Cannot use --window "1.5m"'],
    [["--window", "367d"], 'Cannot use --window "367d"'],
    [["--slow", "0ms"], 'Cannot use --slow "0ms": expected a positive integer with unit'],
    [["--suspicious", "9007199254740993"], 'Cannot use --suspicious "9007199254740993"'],
    [["--suspicious", "1e3"], 'Cannot use --suspicious "1e3"'],
    [["--strict=no"], "Cannot use --strict=no: expected no value, for example --strict"],
    [["--tpo", "3"], "Unknown option --tpo: did you mean --top?"],
    [["--windows=5m"], "Unknown option --windows: did you mean --window?"],
    [["--frobnicate"], "Unknown option --frobnicate: see analyzer --help"],
    [["--no-strict"], "Unknown option --no-strict: see analyzer --help"],
    [
      ["--max-line", "0"],
      'Cannot use --max-line "0": expected a positive integer, with or without',
    ],
    [["--max-line", "65MiB"], 'Cannot use --max-line "65MiB"'],
    [["--max-line", "1mib"], 'Cannot use --max-line "1mib"'],
    [["--max-rejected", "-1"], 'Cannot use --max-rejected "-1"'],
    [["--max-rejected", "101%"], 'Cannot use --max-rejected "101%": expected an integer from 0'],
    [["--max-rejected", "%"], 'Cannot use --max-rejected "%"'],
    [["--max-rejected", "1.5"], 'Cannot use --max-rejected "1.5"'],
    [["--rejects", "-"], "Cannot use --rejects without a value: expected the path of a file"],
    [["--rejects="], "Cannot use --rejects without a value: expected the path of a file"],
    [["--rejects", "-x"], "a value that begins with - is written --rejects=-x"],
    [["-j", "-2"], 'Cannot use --jobs "-2": expected'],
    [["-j", "-x"], "a value that begins with - is written --jobs=-x"],
    [["--top", "9007199254740993"], "expected an integer from 1 to 9007199254740991, for"],
    [["--suspicious", "9007199254740993"], "expected an integer from 0 to 9007199254740991, for"],
    [["--percentiles", "99.1234567"], "expected numbers from 0 to 100 with at most six decimals"],
    [["--percentiles", "101"], "expected numbers from 0 to 100 with at most six decimals"],
    [["--percentiles", "half"], "expected numbers from 0 to 100, with commas between, for"],
    [["--max-rejected", "1.0000000001%"], "a percentage from 0% to 100% of at most nine decimals"],
    [["--_"], "Unknown option --_: see analyzer --help"],
    [["--_=1"], "Unknown option --_: see analyzer --help"],
    [["-_"], "Unknown option -_: see analyzer --help"],
    [["-j1_", "a"], 'Cannot use --jobs "1_"'],
    [["-j_"], 'Cannot use --jobs "_"'],
    [["-x"], "Unknown option -x: see analyzer --help"],
    [["--__proto__=1"], "Unknown option --__proto__: see analyzer --help"],
    [["--top", "\u001B[31mred"], 'Cannot use --top "\\x1b[31mred"'],
    [["--top", "9".repeat(99)], `Cannot use --top "${"9".repeat(30)}…"`],
  ];
  for (const [args, message] of cases) {
    assertThrows(() => parseArguments(ANALYZER, args), UsageError, message);
  }
});

Deno.test("parseArguments() checks the generator's values", () => {
  const cases: readonly (readonly [args: readonly string[], message: string])[] = [
    [["-n", "many"], 'Cannot use --count "many": expected an integer from 0 to 9e13, or inf'],
    [["-n", "90000000000001"], 'Cannot use --count "90000000000001"'],
    [["--seed", "-1"], 'Cannot use --seed "-1": expected an integer from 0 on'],
    [["--seed", "1.5"], 'Cannot use --seed "1.5"'],
    [["--start", "2025-02-29T00:00:00"], 'Cannot use --start "2025-02-29T00:00:00"'],
    [["--rate", "0"], 'Cannot use --rate "0": expected a number above 0'],
    [["--rate", "1e3"], 'Cannot use --rate "1e3"'],
    [["--rate", "1e3"], "expected at most 15 digits before the point and 15 behind it, without"],
    [["--rate", "0.1234567890123456"], "expected at most 15 digits before the point"],
    [["--seed", "9007199254740993"], "expected an integer from 0 to 9007199254740991, for"],
    [["--zipf", "1"], "Cannot use --zipf without --endpoints or --clients"],
    [["--clients", "0"], 'Cannot use --clients "0": expected an integer from 1 to 16777215'],
    [["--zipf", "0"], 'Cannot use --zipf "0": expected a number above 0'],
    [["--profile", "modern"], 'Cannot use --profile "modern": expected classic'],
    [["access.log"], 'Unknown argument "access.log": generator takes only options'],
  ];
  for (const [args, message] of cases) {
    assertThrows(() => parseArguments(GENERATOR, args), UsageError, message);
  }
});

Deno.test("parseArguments() suggests a name even if two letters are wrong, and none if more", () => {
  for (
    const [given, meant] of [["outptu", "output"], ["colour", "color"], ["suspicous", "suspicious"]]
  ) {
    assertThrows(
      () => parseArguments(ANALYZER, [`--${given}`, "x"]),
      UsageError,
      `Unknown option --${given}: did you mean --${meant}?`,
    );
  }
});

Deno.test("parseArguments() takes a value that is attached to a letter, behind switches too", () => {
  const cases = [["-n3", 3], ["-n=3", 3], ["-ninf", Infinity]] as const;
  for (const [arg, count] of cases) {
    const request = parseArguments(GENERATOR, [arg]);
    assertEquals(typeof request === "object" && request.settings.count, count);
  }
  assertEquals(parseArguments(GENERATOR, ["-hn3"]), "usage");
  const request = parseArguments(ANALYZER, ["-j2", "-ojson", "--", "-ojson", "--_"]);
  assertEquals(typeof request === "object" && request.settings.files, ["-ojson", "--_"]);
});

Deno.test("parseArguments() refuses exactly those options that would do nothing", () => {
  const refusedAfter = (...before: string[]) =>
    allFlags(ANALYZER).filter(({ name, example }) => {
      const args = example.split(" ");
      const own = args.slice(args.findIndex((arg) => arg.startsWith(`--${name}`)));
      try {
        parseArguments(ANALYZER, [...before, ...own]);
      } catch (error) {
        assertStringIncludes(String(error), `UsageError: Cannot use --${name} with`);
        return true;
      }
      return false;
    }).map(({ name }) => name);
  const report = ["output", "percentiles", "top", "sort", "color"];
  const limits = ["max-endpoints", "max-clients", "max-windows", "max-pairs"];
  const reading = ["format", "field", "client", "assume-tz"];
  const logs = [
    ...reading,
    "window",
    "slow",
    "suspicious",
    ...["since", "until", "last", "where", "exclude-ip", "exclude-agent", "bots"],
    ...["strip-query", "group", "group-pattern", "absolute-urls"],
    ...limits,
    "jobs",
    "no-scan",
    "max-line",
    "rejects",
  ];
  assertEquals(refusedAfter(), ["shard", "expect"]);
  assertEquals(refusedAfter("--partial"), [...report, "expect"]);
  assertEquals(refusedAfter("--merge"), [...logs, "shard"]);
  assertEquals(
    new Set(refusedAfter("--merge", "--partial")),
    new Set([...report, ...logs, "shard"]),
  );
});
