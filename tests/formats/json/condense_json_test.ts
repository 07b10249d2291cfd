import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { condenseJson } from "../../../lib/formats/json/condense_json.ts";
import { keepOf } from "../../../lib/formats/json/keep_of.ts";
import { find } from "../../../lib/formats/json/parse_json.ts";
import { readOwnLine } from "../../../lib/formats/json/read_own_line.ts";
import { NAMED_FORMATS } from "../../../lib/formats/known_formats.ts";
import { type LogRecord, parseRecord, Rejection } from "../../../schema.ts";
import { lineOf, wireValue } from "../../support/schema_cases.ts";

/** What the parser says of the whole text, and of the short one. */
function assertSame(text: string): void {
  const condensed = condenseJson(text);
  const found = condensed === undefined ? new Rejection("not_json") : parseRecord(condensed);
  assertEquals(found, parseRecord(text), JSON.stringify(text));
}

const BLANKS = ["", " ", "\t", "\r", "\n", " \n "];
const TOKENS = [
  ..."{}[],:",
  ...["0", "-0", "01", "-", "1.", ".5", "1.50", "1e5", "1E+05", "1e", "1e-", "+1", "NaN", "12"],
  ...["true", "tru", "false", "null", "nul", "True"],
  ...[
    '"',
    '""',
    '"ip"',
    '"method"',
    '"\\u0069p"',
    '"\\""',
    '"\\x"',
    '"\\\\"',
    '"\\u12"',
    '"\ud800"',
  ],
  ...["'a'", "//", "\0", "\u00A0", "\uFEFF", "\f", '"\u0001"', '"\u007f"'],
];

Deno.test("condenseJson() is what the parser takes: any text of JSON's words", () => {
  const text = fc.array(fc.tuple(fc.constantFrom(...BLANKS), fc.constantFrom(...TOKENS)), {
    maxLength: 12,
  }).map((words) => words.flat().join(""));
  fc.assert(fc.property(text, assertSame), { numRuns: 20_000 });
});

Deno.test("condenseJson() is what the parser takes: JSON, cut, and with something put in", () => {
  const json = fc.oneof(wireValue.map((value) => JSON.stringify(value)), fc.json());
  const edit = fc.tuple(fc.nat(200), fc.nat(3), fc.constantFrom("", ...TOKENS));
  fc.assert(
    fc.property(json, fc.option(edit), (text, edit) => {
      if (edit === null) return assertSame(text);
      const [at, cut, insert] = edit;
      assertSame(text.slice(0, at) + insert + text.slice(at + cut));
    }),
    { numRuns: 10_000 },
  );
});

Deno.test("condenseJson() keeps of duplicate members the order, and no other members", () => {
  const text = '{"ip":1,"a":{"ip":2},"ip":[{"ip":3}],"method":"\\u0047","ip":"::1","__proto__":{}}';
  assertEquals(condenseJson(text), '{"ip":1,"ip":[],"method":"\\u0047","ip":"::1"}');
});

Deno.test("readOwnLine() reads long lines as short ones, and however deep they are", () => {
  const long = "x".repeat(20_000), deep = "[".repeat(500_000);
  for (const extra of [long, [[], [[]], {}], { ip: null }]) {
    const line = lineOf({ extra, padding: long });
    assertEquals(readOwnLine(line), parseRecord(line));
  }
  assertEquals(readOwnLine(`[${"[],".repeat(10_000)}[]]`), new Rejection("not_object"));
  assertEquals(readOwnLine(`[${"[],".repeat(10_000)}[]`), new Rejection("not_json"));
  assertEquals(readOwnLine(deep), new Rejection("not_json"));
  assertEquals(readOwnLine(deep + "]".repeat(500_000)), new Rejection("not_object"));
  assertEquals(readOwnLine(`"${long}"`), new Rejection("not_object"));
  assert(!(readOwnLine(lineOf({ endpoint: long })) instanceof Rejection));
});

Deno.test("condenseJson() keeps what stands at the paths of a format, in objects and in arrays", () => {
  const paths = ["h.a.0", "h.b.1.c", "h.b.2", "h"];
  const keep = keepOf([{ when: [], keys: paths.map((at) => ({ to: "userAgent", at })) }]);
  const kindOf = (value: unknown) => Array.isArray(value) ? "array" : typeof value;
  const list = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant({ c: "x" })));
  const value = fc.oneof(list, fc.jsonValue({ maxDepth: 1 }));
  fc.assert(
    fc.property(value, value, fc.constantFrom("", "\t"), (a, b, indent) => {
      const text = JSON.stringify({ a: 1, h: { z: [], a, b } }, null, indent);
      const condensed = JSON.parse(condenseJson(text, keep)!), whole = JSON.parse(text);
      for (const path of paths) {
        const [found, wanted] = [condensed, whole].map((object) => find(object, path)?.value);
        if (typeof wanted === "object" && wanted !== null) {
          assertEquals(kindOf(found), kindOf(wanted), path);
        } else assertEquals(found, wanted, path);
      }
      assertEquals(condensed.a, undefined);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("a line of Caddy that is very long has a user agent too", () => {
  const { read, samples: [[line]] } = NAMED_FORMATS.find(({ name }) => name === "caddy")!;
  const long = line.replace('"headers":{', `"headers":{"Cookie":["${"x".repeat(2 ** 17)}"],`);
  assertEquals((read(long) as LogRecord).userAgent, "curl/8.9.1");
});
