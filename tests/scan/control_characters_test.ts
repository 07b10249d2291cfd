import { assertEquals } from "@std/assert";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { jsonOf } from "../support/json_of.ts";

const FIELDS = {
  method: "GET",
  endpoint: "/a",
  status_code: "200",
  ip: "192.0.2.1",
  response_time: "12.5",
  timestamp: "2025-12-24T00:00:00.000001Z",
};
const encoder = new TextEncoder();

function lineOf(fields: typeof FIELDS): string {
  const members = Object.entries(fields).map(([name, value]) =>
    `"${name}":${name === "response_time" ? value : `"${value}"`}`
  );
  return `{${members.join(",")}}\n`;
}

/** Lines of one layout in which bytes of one value are a control character: one after the other, some, all. */
function* changedLines(): Generator<string> {
  for (const [name, value] of Object.entries(FIELDS)) {
    for (let code = 0; code < 0x20; code++) {
      const character = String.fromCharCode(code);
      const repeated = (count: number) => character.repeat(count);
      const changed = [
        "",
        character,
        repeated(value.length),
        // The date of a timestamp, and its time.
        repeated(10) + value.slice(10),
        value.slice(0, 11) + repeated(8) + value.slice(19),
        ...Array.from(value, (_, i) => value.slice(0, i) + character + value.slice(i + 1)),
      ];
      for (const text of changed) yield lineOf({ ...FIELDS, [name]: text });
    }
  }
}

/** What is found with the stage that takes bytes, once it has learned the layout, and without it. */
async function assertSame(lines: readonly string[]): Promise<void> {
  const log = encoder.encode(lines.join(""));
  const settings = { maxLineBytes: 2 ** 20, windowUs: 60_000_000, suspiciousOver: 0 };
  const scanned = await analyzeBytes(cutInto(log, 2 ** 18), settings);
  const parsed = await analyzeBytes(cutInto(log, 2 ** 18), { ...settings, isScanning: false });
  assertEquals(jsonOf(scanned.report), jsonOf(parsed.report));
  assertEquals(scanned.rejected, parsed.rejected);
}

// A text that is learned from has another date than those that follow, or none that was remembered.
const LEARNED = lineOf({ ...FIELDS, timestamp: "1999-01-01T00:00:00" });

Deno.test("Scan takes control characters in no value, whatever came before", async () => {
  const lines = [...changedLines()];
  await assertSame([LEARNED, ...lines]);
  await assertSame([lineOf(FIELDS), ...lines.flatMap((line) => [line, lineOf(FIELDS)])]);
});

Deno.test("Scan remembers no date before one was read", async () => {
  for (let code = 0; code < 256; code++) {
    const date = String.fromCharCode(code).repeat(10);
    const line = lineOf({ ...FIELDS, timestamp: `${date}T00:00:00` });
    // The layout is learned by the parser; the line behind is the first that is read as bytes.
    await assertSame([LEARNED, line]);
  }
});
