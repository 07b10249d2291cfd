import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { FormatReader } from "../../../lib/formats/format_reader.ts";
import { unwrap } from "../../../lib/formats/wrappers/unwrap.ts";

const TEXT =
  '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1"';
const QUOTED = JSON.stringify(TEXT);

/** How the same line stands in many wrappers. */
const WRAPPERS: Readonly<Record<string, (line: string) => string>> = {
  "Docker's json-file": (line) =>
    `{"log":${JSON.stringify(`${line}\n`)},"stream":"stdout","time":"2026-11-25T18:00:01.5Z"}`,
  "a container runtime": (line) => `2026-11-25T18:00:01.123456789+01:00 stdout F ${line}`,
  Compose: (line) => `web-1  | ${line}`,
  "old Compose": (line) => `shop_web_1 | ${line}`,
  kubectl: (line) => `[pod/web-7d4b9/nginx] ${line}`,
  "syslog with a host": (line) => `<190>Nov 25 18:00:01 web1 nginx: ${line}`,
  "syslog without a host": (line) => `<134>Nov  5 18:00:01 haproxy[9]: ${line}`,
  "a file of syslog": (line) => `Nov 25 18:00:01 web1 nginx[34]: ${line}`,
  "a file of rsyslog": (line) => `2026-11-25T18:00:01.123456+01:00 web1 nginx: ${line}`,
  "RFC 5424": (line) => `<134>1 2026-11-25T18:00:01.123Z web1 nginx 34 access - ${line}`,
  "RFC 5424 with data": (line) =>
    `<134>1 2026-11-25T18:00:01Z web1 nginx - - [m a="1" b="x \\] y"][n c="\\""] ${line}`,
  "RFC 5424 over TCP": (line) => `131 <134>1 - web1 nginx - - - \uFEFF${line}`,
  journald: (line) =>
    `{"__REALTIME_TIMESTAMP":"1795629601000000","MESSAGE":${JSON.stringify(line)}}`,
  "journald, as bytes": (line) =>
    `{"__REALTIME_TIMESTAMP":"1795629601000000","MESSAGE":${
      JSON.stringify([...new TextEncoder().encode(line)])
    }}`,
  "a shipper": (line) =>
    `{"@timestamp":"2026-11-25T18:00:01Z","message":${JSON.stringify(line)},"host":"h"}`,
  "Google Cloud": (line) =>
    `{"textPayload":${JSON.stringify(line)},"timestamp":"2026-11-25T18:00:01.123456789Z"}`,
  "a name before it": (line) => `web1 nginx: ${line}`,
  colours: (line) => `\u001B[32m${line}\u001B[0m`,
  "a file that was cut short": (line) => `\u0000\u0000${line}`,
  "quotes of CSV": (line) => `"${line.replaceAll('"', '""')}"`,
  "RFC 5424 without data": (line) => `<134>1 2026-11-25T18:00:01Z web1 nginx - - ${line}`,
  "lines of a terminal": (line) => `\u001B[2K\u001B[32mweb-1  |\u001B[0m ${line}`,
  "journald without a time, as bytes": (line) =>
    JSON.stringify({ MESSAGE: [...new TextEncoder().encode(line)] }),
  "labels of Loki": (line) => `2026-11-25T18:00:01Z {app="a}b",pod="p"} ${line}`,
  "quotes of another log": (line) => `"${line.replaceAll('"', '\\"')}"`,
};

for (const [name, wrap] of Object.entries(WRAPPERS)) {
  Deno.test(`a line reads the same in ${name}`, () => {
    const reader = new FormatReader(), plain = reader.read(TEXT);
    assertEquals(reader.read(wrap(TEXT)), plain);
  });
}

Deno.test("a line reads the same in up to three wrappers, and not in four", () => {
  const compose = WRAPPERS["Compose"]!, docker = WRAPPERS["Docker's json-file"]!;
  const reader = new FormatReader(), plain = reader.read(TEXT);
  const three = docker(compose(`<190>Nov 25 18:00:01 web1 nginx: ${TEXT}`));
  assertEquals(reader.read(three), plain);
  assertEquals(reader.tally.lines, new Map([["combined", 2]]));
  assertEquals(
    (reader.read(docker("a | b | c | {}")) as { reason: string }).reason,
    "not_json",
  );
});

Deno.test("any wrapper in another reads as the line", () => {
  const wrapper = fc.constantFrom(...Object.values(WRAPPERS).slice(0, 16));
  fc.assert(fc.property(wrapper, wrapper, (outer, inner) => {
    const reader = new FormatReader();
    assertEquals(reader.read(outer(inner(TEXT))), reader.read(TEXT));
  }));
});

Deno.test("a wrapper's time without a zone is as far from UTC as assumed", () => {
  const reader = new FormatReader({ how: { client: "first", assumedOffsetUs: 7200e6 } });
  const line = '{"request_method":"GET","request_uri":"/a","status":"200"}';
  const record = reader.read(`2026-11-25T20:00:00 stdout F ${line}`);
  assertEquals((record as { timestampUs: number }).timestampUs, 1_795_629_600_000_000);
  assertEquals(reader.tally.assumedZones, 1);
});

Deno.test("an object behind the names of a stream, a pod or a container is read", () => {
  const reader = new FormatReader();
  const line =
    '{"request_method":"GET","request_uri":"/a","status":"200","time":"2026-11-25T18:00:00Z"}';
  const plain = reader.read(line);
  assertEquals(reader.read(`web-7d4b9 nginx ${line}`), plain);
  assertEquals(reader.read(`2026-11-25T18:00:01Z ecs/web/4f ${line}`), plain);
});

Deno.test("a whole line that is a text of JSON is decoded", () => {
  const ltsv = "time:2026-11-25T18:00:00Z\thost:192.0.2.7\tmethod:GET\turi:/a\tstatus:200";
  const reader = new FormatReader();
  assertEquals(reader.read(JSON.stringify(ltsv)), reader.read(ltsv));
});

Deno.test("a wrapper lends its time to a line that has none, and to no other", () => {
  const reader = new FormatReader();
  const line = '{"request_method":"GET","request_uri":"/a","status":"200"}';
  const timeOf = (line: string) => (reader.read(line) as { timestampUs: number }).timestampUs;
  assertEquals((reader.read(line) as { reason: string }).reason, "missing_field");
  assertEquals(timeOf(`2026-11-25T19:00:01.5+01:00 stdout F ${line}`), 1_795_629_601_500_000);
  const own = line.replace("}", ',"timestamp":"2026-11-25T18:00:09Z"}');
  assertEquals(timeOf(`2026-11-25T18:00:01Z stdout F ${own}`), 1_795_629_609_000_000);
  // The time of RFC 3164 has no year.
  assertEquals(
    (reader.read(`<190>Nov 25 18:00:01 web1 app: ${line}`) as { reason: string }).reason,
    "missing_field",
  );
});

Deno.test("what is in a wrapper and has no format is rejected for the reason of the text", () => {
  const reader = new FormatReader();
  const reasonOf = (line: string) => (reader.read(line) as { reason: string }).reason;
  assertEquals(reasonOf("web-1  | hello"), "not_json");
  assertEquals(reasonOf('web-1  | {"a":1}'), "missing_field");
  assertEquals(
    reasonOf(`Nov 25 18:00:01 h nginx: message repeated 3 times: [ ${TEXT}]`),
    "no_match",
  );
  // Of a shipper's object that holds no line of a log, the object is what was rejected.
  assertEquals(reasonOf('{"message":"hello"}'), "missing_field");
});

Deno.test("what has nothing around it is not unwrapped", () => {
  for (const line of ["", "hello", TEXT, QUOTED.slice(0, -2), '{"a":1}', "{", "a|b", '"', '""']) {
    assertEquals(unwrap(line), undefined, line);
  }
});

Deno.test("unwrap() takes a time that is linear in the line", () => {
  const hostile = [
    "<134>1 - a b c d " + '[x y="'.repeat(150_000),
    "<134>Nov 25 18:00:01 " + "a".repeat(1_000_000),
    "2026-11-25T18:00:01Z {" + " {".repeat(500_000),
    "\u001B[".repeat(500_000),
    `"${'\\"'.repeat(500_000)}`,
    "131 ".repeat(250_000),
    '{"message":"' + "[{".repeat(500_000),
    "[" + '{"a":"\\"'.repeat(120_000),
    "[{" + "[{".repeat(500_000),
    '{"records":[' + '{"'.repeat(500_000),
  ];
  for (const line of hostile) {
    const start = performance.now();
    new FormatReader().read(line);
    const ms = performance.now() - start;
    assertEquals(ms < 5_000, true, `${line.slice(0, 30)} took ${ms} ms`);
  }
});
