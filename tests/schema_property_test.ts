import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import fc from "fast-check";
import { encodeRecord, parseRecord, RECORD_SCHEMA, Rejection } from "../schema.ts";
import { logRecord } from "./support/arbitraries.ts";
import { wireValue } from "./support/schema_cases.ts";

type Schema = Readonly<Record<string, unknown>>;

const CASES: readonly unknown[] = fc.sample(wireValue, { numRuns: 20_000, seed: 42 })
  .map((value) => JSON.parse(JSON.stringify(value)));

/** What the parser says to a value; the only gap that the schema may have is a class of its own. */
function verdictOf(value: unknown): "record" | "rejected" | "impossible instant" {
  const outcome = parseRecord(JSON.stringify(value));
  if (!(outcome instanceof Rejection)) return "record";
  const { timestamp } = Object(value);
  const isInForm = typeof timestamp === "string" && WELL_FORMED.test(timestamp);
  return outcome.reason === "bad_timestamp" && isInForm ? "impossible instant" : "rejected";
}

// Written down once more: the form of a timestamp, whatever instant it names.
const WELL_FORMED =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}(T|t| )[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|z|[-+][0-9]{2}:?[0-9]{2})?$/;

/** The first value about which a schema and the parser disagree. */
function findDisagreement(schema: Schema): unknown {
  const isValid = new Ajv2020({ strictSchema: true, strictTypes: false }).compile(schema);
  return CASES.find((value) => {
    const verdict = verdictOf(value);
    return verdict !== "impossible instant" && isValid(value) !== (verdict === "record");
  });
}

/** All schemas with one constraint less. */
function* weakened(schema: unknown, path: string): Generator<[path: string, weaker: unknown]> {
  if (typeof schema !== "object" || schema === null) return;
  const list: unknown[] | undefined = Array.isArray(schema) ? schema : undefined;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "$schema" || key === "title") continue;
    const here = `${path}/${key}`;
    const without = Object.fromEntries(Object.entries(schema).filter(([other]) => other !== key));
    // Of alternatives one less is one constraint more; so they are not dropped but opened.
    const isAlternative = /\/(anyOf|type)$/.test(path);
    if (isAlternative) {
      if (path.endsWith("anyOf")) yield [here, list!.with(Number(key), {})];
    } else {
      yield [here, list === undefined ? without : Object.values(without)];
    }
    for (const [inner, weaker] of weakened(value, here)) {
      yield [inner, list?.with(Number(key), weaker) ?? { ...schema, [key]: weaker }];
    }
  }
}

Deno.test("RECORD_SCHEMA and parseRecord() agree on all cases, which are of all kinds", () => {
  assertEquals(findDisagreement(RECORD_SCHEMA), undefined);
  const verdicts = Map.groupBy(CASES, verdictOf);
  for (const verdict of ["record", "rejected", "impossible instant"] as const) {
    assert(verdicts.get(verdict)!.length > 200, verdict);
  }
  const reasons = CASES.map((value) => parseRecord(JSON.stringify(value)))
    .filter((outcome) => outcome instanceof Rejection)
    .map(({ reason, field }) => `${reason} ${field ?? ""}`);
  assert(new Set(reasons).size >= 16, "every field fails in every way it can");
});

Deno.test("RECORD_SCHEMA has no constraint that could be removed unnoticed", () => {
  const schemas = [...weakened(RECORD_SCHEMA, "")];
  assert(schemas.length > 25);
  for (const [path, weaker] of schemas) {
    assert(findDisagreement(weaker as Schema) !== undefined, `without ${path}`);
  }
});

Deno.test("RECORD_SCHEMA has no alternative that could be removed unnoticed", () => {
  const narrower: [path: string, schema: Schema][] = [];
  const text = JSON.stringify(RECORD_SCHEMA);
  for (const types of ['["number","null"]', '["string","null"]']) {
    assert(text.includes(types));
    for (const type of JSON.parse(types)) {
      narrower.push([types, JSON.parse(text.replace(types, JSON.stringify(type)))]);
    }
  }
  const anyOf = /"anyOf":(\[.*?\}\])/.exec(text)![1]!;
  for (const one of JSON.parse(anyOf)) {
    narrower.push([anyOf, JSON.parse(text.replace(anyOf, JSON.stringify([one])))]);
  }
  assertEquals(narrower.length, 6);
  for (const [path, schema] of narrower) assert(findDisagreement(schema) !== undefined, path);
});

Deno.test("parseRecord() gives back what encodeRecord() wrote", () => {
  fc.assert(
    fc.property(logRecord, (record) => {
      const wellFormed = {
        ...record,
        method: record.method.toWellFormed(),
        endpoint: record.endpoint.toWellFormed(),
        ip: record.ip.toWellFormed(),
        userAgent: record.userAgent?.toWellFormed(),
      };
      assertEquals(parseRecord(encodeRecord(wellFormed)), wellFormed);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("parseRecord() never throws", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    wireValue.map((value) => JSON.stringify(value)),
    fc.tuple(wireValue, fc.nat(200)).map(([value, end]) => JSON.stringify(value).slice(0, end)),
  );
  fc.assert(
    fc.property(text, (line) => {
      const outcome = parseRecord(line);
      if (!(outcome instanceof Rejection)) assert(Number.isSafeInteger(outcome.timestampUs));
    }),
    { numRuns: 5000 },
  );
});
