import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parseColumns } from "../../lib/tables/parse_columns.ts";
import { TextColumn } from "../../lib/tables/text_column.ts";

const ENCODER = new TextEncoder();

/** The value with plain arrays and objects. */
function plain(value: unknown): unknown {
  if (value instanceof TextColumn || ArrayBuffer.isView(value)) {
    return [...value as unknown as Iterable<unknown>];
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plain(item)]));
}

function parse(text: string): unknown {
  return plain(parseColumns(ENCODER.encode(text)));
}

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const text = fc.string({ unit: "binary" });
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", maxDepth: 5 },
    fc.constantFrom(null, true, false),
    number,
    text,
    fc.array(number, { maxLength: 100 }),
    fc.array(text),
    fc.dictionary(text, tie("value")),
    fc.array(fc.dictionary(text, tie("value"))),
  ),
}));

Deno.test("lists of one type are what the engine's parser makes of them", () => {
  fc.assert(fc.property(value, fc.constantFrom(0, 1, "\t"), (value, indent) => {
    const json = JSON.stringify(value, null, indent);
    assertEquals(parse(json), plain(JSON.parse(json)));
  }));
});

Deno.test("whatever else it takes, the engine's parser takes as the same", () => {
  const piece = fc.constantFrom(...'{}[]",:-01.e \\un', "12", '"a"', "\u0001", "null", "\ufeff");
  const pieces = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  const changed = fc.tuple(value, fc.nat(), fc.oneof(piece, fc.constant(""))).map(
    ([value, at, piece]) => {
      const json = JSON.stringify(value), place = at % json.length;
      return json.slice(0, place) + piece + json.slice(place + 1);
    },
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(pieces, changed), (json) => {
      let found;
      try {
        found = parse(json);
      } catch (error) {
        return assert(error instanceof SyntaxError, String(error));
      }
      taken++;
      assertEquals(found, plain(JSON.parse(new TextDecoder().decode(ENCODER.encode(json)))), json);
    }),
    { numRuns: 5000 },
  );
  assert(taken > 100, `${taken} were taken`);
});

Deno.test("what no state has is refused, and the message says what", () => {
  const cases: readonly (readonly [json: string, message: string])[] = [
    ["", "it is cut off"],
    ["[1,2", "it is cut off"],
    ['["a', "cut off within a text"],
    ['{"a":1,"a":2}', 'member "a" comes twice'],
    ['{"a":[1,null]}', "a list of numbers holds null"],
    ['["a",1]', "at byte 5: 1]"],
    ["[1 2]", "at byte 3: 2]"],
    ["[1,]", "at byte 3: ]"],
    ['["a",]', "at byte 5: ]"],
    ['{"a":1,}', "at byte 7: }"],
    ["[null,]", "at byte 6: ]"],
    ["{1:2}", "at byte 1: 1:2}"],
    ["1 2", "at byte 2: 2"],
    ["[".repeat(17) + "]".repeat(17), "values lie deeper than 16"],
  ];
  for (const [json, message] of cases) {
    assertThrows(() => parse(json), SyntaxError, message, json);
  }
});

Deno.test("long lists are typed arrays, as narrow as they may be", () => {
  const small = JSON.stringify(Array(100).fill(-(2 ** 31)));
  const large = JSON.stringify([...Array(99).fill(1), 2 ** 31]);
  assert(parseColumns(ENCODER.encode(small)) instanceof Int32Array);
  assert(parseColumns(ENCODER.encode(large)) instanceof Float64Array);
});
