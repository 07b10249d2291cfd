import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { OWN_FORMAT } from "../../../lib/formats/json/own_format.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";

const ENCODER = new TextEncoder();
const reader = new LineReader();
reader.learn(OWN_FORMAT.learn('{"more":{},"status_code":"200"}')!);

/** Whether a line with some text as a value is taken. */
function takes(value: string): boolean {
  const line = `{"more":${value},"status_code":"200"}\n`;
  reader.open(ENCODER.encode(line));
  const next = reader.read(0);
  reader.batch.size = 0;
  assert(next === 0 || next === ENCODER.encode(line).length);
  return next > 0;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const key = fc.oneof(fc.constantFrom("", "a", "__proto__", '"\\'), fc.string({ unit: "binary" }));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "medium" },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.integer().map((thousandths) => thousandths / 1000),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
}));

Deno.test("a value that does not count is passed over whole, however it is written", () => {
  fc.assert(fc.property(value, fc.constantFrom(0, 1, "\t"), (value, indent) => {
    const json = JSON.stringify(value, null, indent).replaceAll("\n", " ");
    assert(takes(json), json);
  }));
});

Deno.test("what is passed over is JSON", () => {
  const piece = fc.constantFrom(
    ...'{}[]",:-01. \t\\un/',
    "true",
    "fals",
    "null",
    '"a"',
    "é",
    "\u0001",
  );
  const changed = fc.tuple(value, fc.nat(), piece, fc.nat(2)).map(([value, at, piece, removed]) => {
    const json = JSON.stringify(value), place = at % (json.length + 1);
    return json.slice(0, place) + piece + json.slice(place + removed);
  });
  const pieces = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
  let taken = 0, left = 0;
  fc.assert(
    fc.property(fc.oneof(changed, pieces), (text) => {
      // A comma outside would end the value.
      const isTaken = takes(text);
      if (isTaken) taken++;
      else left++;
      if (isTaken) assert(isJson(`{"more":${text},"status_code":"200"}`), text);
    }),
    { numRuns: 3000 },
  );
  assert(taken > 100 && left > 100, `${taken} were taken, ${left} left`);
});

Deno.test("values as deep as 64 are taken, deeper ones are left to the parser", () => {
  const nested = (depth: number) => '[{"a":'.repeat(depth / 2) + "1" + "}]".repeat(depth / 2);
  assertEquals([2, 64, 66, 1000].map((depth) => takes(nested(depth))), [true, true, false, false]);
});
