import { assert, assertEquals } from "@std/assert";
import { analyzeBytes, cutInto } from "../../support/analyze_bytes.ts";
import { jsonOf } from "../../support/json_of.ts";

const COUNT = 2000;
const encoder = new TextEncoder();

/** Reads a log of columns with compiled code and without; asserts that it makes no difference. */
async function read(header: string, line: (i: number) => string) {
  const lines = [header, ...Array.from({ length: COUNT }, (_, i) => line(i))];
  const chunks = [...cutInto(encoder.encode(lines.join("\n")), 65_536)];
  const compiled = await analyzeBytes(chunks, { isWhole: true });
  const plain = await analyzeBytes(chunks, { isWhole: true, isScanning: false });
  assertEquals(jsonOf(compiled.report), jsonOf(plain.report));
  return compiled;
}

Deno.test("a path and its query are joined in place, wherever the query stands", async () => {
  for (const between of ["", " sc-status", " sc-status time-taken c-ip"]) {
    const values = between.replace("sc-status", "200").replace("time-taken", "5")
      .replace("c-ip", "192.0.2.7");
    const header = `#Fields: date time cs-uri-stem${between} cs-uri-query${
      between === "" ? " sc-status" : ""
    }`;
    const { taken, report } = await read(
      header,
      (i) =>
        `2026-11-25 18:00:00 /${i % 3}${values} ${i % 2 === 0 ? "-" : `q=${"x".repeat(i % 70)}`}` +
        (between === "" ? " 200" : ""),
    );
    assert(taken >= 0.99 * COUNT, `took ${taken}`);
    const endpoints = Array.from(report.endpoints, ({ endpoint }) => endpoint);
    assert(endpoints.includes("/1?q=x") && endpoints.includes("/2"), `${endpoints.slice(0, 9)}`);
  }
});

Deno.test("long queries fill the room for joined endpoints, and lose none", async () => {
  const { taken, report } = await read(
    "#Fields: date time cs-uri-stem cs-uri-query sc-status",
    (i) => `2026-11-25 18:00:00 /a ${"y".repeat(250 + i % 2)} 200`,
  );
  assert(taken >= 0.98 * COUNT, `took ${taken}`);
  assertEquals(Array.from(report.endpoints, ({ requests }) => requests), [COUNT / 2, COUNT / 2]);
});

Deno.test("a query without a path, a path of a hyphen and an overlong endpoint are left", async () => {
  for (const values of ["- q=1", "- -", `/${"a".repeat(200)} ${"b".repeat(5000)}`]) {
    await read(
      "#Fields: date time cs-uri-stem cs-uri-query sc-status",
      (i) => `2026-11-25 18:00:00 ${i % 2 === 0 ? "/a b" : values} 200`,
    );
  }
});

Deno.test("Zeek's epochs, tabs and lengths of time with and without a unit are read in place", async () => {
  const cases: readonly (readonly [header: string, line: string])[] = [
    [
      "#fields\tts\tid.orig_h\tmethod\turi\tstatus_code",
      "1795629600.123456\t192.0.2.7\tGET\t/a\t200",
    ],
    [
      "#Fields: date time c-ip cs-method cs-uri-stem sc-status time-taken",
      "2026-11-25\t18:00:00\t2001:db8::1\tGET\t/a\t200\t0.250",
    ],
    [
      "#Fields: date time c-ip cs-method cs-uri-stem sc-status TimeTakenMS",
      "2026-11-25 18:00:00 - GET /a 200 250",
    ],
  ];
  for (const [header, line] of cases) {
    const { taken, report } = await read(header, () => line);
    assert(taken >= 0.99 * COUNT, `took ${taken} of ${header}`);
    assertEquals(report.response_time?.mean ?? null, header.includes("ts\t") ? null : 250);
  }
});

Deno.test("times of an unnamed zone or without a date are left to the plain reader", async () => {
  const cases = [
    ["#Fields: date-local time-local cs-uri-stem sc-status", "2026-11-25 18:00:00 /a 200"],
    ["#Date: 2026-11-25\n#Fields: time cs-uri-stem sc-status", "18:00:00 /a 200"],
    ["#Fields: time date cs-uri-stem sc-status", "18:00:00 2026-11-25 /a 200"],
  ] as const;
  for (const [header, line] of cases) {
    const { taken, report } = await read(header, () => line);
    assertEquals([taken, report.input.records], [0, COUNT]);
  }
});
