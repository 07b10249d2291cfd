import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import { decodeState } from "../../lib/states/decode_state.ts";
import { encodeState } from "../../lib/states/encode_state.ts";
import { toOptions } from "../../lib/states/settings.ts";
import { checksum, STATE_FORMAT } from "../../lib/states/state.ts";
import { addLines } from "../support/add_lines.ts";
import { lineOutcome } from "../support/arbitraries.ts";
import { makeRecord } from "../support/make_record.ts";

const OPTIONS = { windowUs: 60_000_000, suspiciousOver: 0, hashKey: [1, 2] } as const;
const lines = fc.array(lineOutcome, { maxLength: 20 });

type Line = LineOutcome;

function analyse(lines: readonly Line[]): Analysis {
  const analysis = new Analysis(OPTIONS);
  addLines(analysis, lines);
  analysis.addBytes(10 * lines.length);
  return analysis;
}

function withoutLf(line: Uint8Array): Uint8Array {
  assertEquals(line.at(-1), 0x0A);
  return line.subarray(0, -1);
}

Deno.test("a state is one line without TAB, and read gives the analysis back", () => {
  fc.assert(fc.property(lines, fc.option(fc.string(), { nil: undefined }), (lines, id) => {
    const analysis = analyse(lines);
    const line = withoutLf(encodeState(analysis, { id }));
    assert(!line.includes(0x0A) && !line.includes(0x09));
    const state = decodeState(line);
    const copy = new Analysis(toOptions(state.settings, [3, 4]));
    copy.mergeJSON(state.analysis);
    assertEquals(JSON.stringify(copy), JSON.stringify(analysis));
    assertEquals(copy.options, { ...analysis.options, hashKey: [3, 4] });
    const shards = id === undefined ? [] : [[id.toWellFormed(), lines.length, 10 * lines.length]];
    assertEquals(state.shards.map(({ id, lines, bytes }) => [id, lines, bytes]), shards);
    assertEquals(state.unnamed, id === undefined ? 1 : 0);
  }));
});

Deno.test("a state may end in a TAB or a CR, as engines write it", () => {
  const line = withoutLf(encodeState(analyse([]), { id: "a" }));
  for (const end of [[0x09], [0x0D], [0x09, 0x0D]]) {
    assertEquals(decodeState(Uint8Array.of(...line, ...end)), decodeState(line));
  }
});

Deno.test("a state that was cut or changed anywhere is refused", () => {
  const record = makeRecord({ endpoint: "/\u{1F600}", responseTimeUs: 5 });
  const line = withoutLf(encodeState(analyse([record, "blank"]), { id: "a" }));
  for (let end = 0; end < line.length; end++) {
    assertThrows(() => decodeState(line.subarray(0, end)), SyntaxError);
  }
  for (let at = 0; at < line.length; at++) {
    for (const bit of [1, 2, 16, 128]) {
      const changed = line.slice();
      changed[at]! ^= bit;
      assertThrows(() => decodeState(changed), SyntaxError);
    }
  }
});

Deno.test("a state that is refused says why", () => {
  const text = new TextDecoder().decode(withoutLf(encodeState(analyse([]), { id: "a" })));
  const cases: readonly (readonly [text: string, message: string])[] = [
    ["", "it is empty"],
    ["\t", "it is empty"],
    ["GET /", "it is no state"],
    ['{"report":"http-log-report/1"}', "it is no state"],
    [text.replace(STATE_FORMAT, "http-log-state/1"), "it is of format http-log-state/1, and only"],
    [text.replace(STATE_FORMAT, "http-log-state/3"), "it is of format http-log-state/3, and only"],
    [text.slice(0, -1), "it is cut off"],
    [text.replace('"lines":0', '"lines":1'), "its checksum is wrong"],
    [sign(text, { settings: {} }), "Cannot read window: expected"],
    [sign(text, { settings: { window: 1, color: 1 } }), "settings: expected no setting color"],
    [
      sign(text, { settings: { ...JSON.parse(text).settings, client: "middle" } }),
      "client: expected first or last",
    ],
    [sign(text, { shards: [{ id: "a", lines: 1, bytes: 1 }] }), "an id and a checksum"],
    [sign(text, { unnamed: -1 }), "unnamed: expected integers from 0 on"],
  ];
  for (const [text, message] of cases) {
    assertThrows(() => decodeState(new TextEncoder().encode(text)), SyntaxError, message);
  }
});

/** A state with other members, and a checksum that is right. */
function sign(text: string, members: Readonly<Record<string, unknown>>): string {
  const { checksum: _, ...state } = { ...JSON.parse(text), ...members };
  const body = JSON.stringify(state).slice(0, -1);
  return `${body},"checksum":"${checksum(new TextEncoder().encode(body))}"}`;
}

Deno.test("an analysis that has the wrong form says where", () => {
  const good = JSON.parse(JSON.stringify(analyse([makeRecord({ responseTimeUs: 1 })])));
  const analysis = new Analysis(OPTIONS);
  analysis.mergeJSON(good);
  let changes = 0;
  const tryAll = (object: Record<string, unknown>, name: string) => {
    for (const [key, value] of Object.entries(object)) {
      for (const other of [null, "x", [[]], -1.5]) {
        const isDeep = typeof value === "object" && value !== null && !Array.isArray(value);
        object[key] = other;
        assertThrows(
          () => new Analysis(OPTIONS).mergeJSON(good),
          SyntaxError,
          "Cannot read ",
          `${name}.${key} = ${JSON.stringify(other)}`,
        );
        object[key] = value;
        changes++;
        if (isDeep) tryAll(value as Record<string, unknown>, `${name}.${key}`);
      }
    }
  };
  tryAll(good, "analysis");
  assert(changes > 100);
});
