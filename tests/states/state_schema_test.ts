import { assert, assertEquals } from "@std/assert";
import { Ajv2020 } from "ajv/2020";
import fc from "fast-check";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import { decodeState } from "../../lib/states/decode_state.ts";
import { encodeState } from "../../lib/states/encode_state.ts";
import { STATE_SCHEMA } from "../../lib/states/state_schema.ts";
import { addLines } from "../support/add_lines.ts";
import { lineOutcome } from "../support/arbitraries.ts";

const isState = new Ajv2020({ strict: true }).compile(STATE_SCHEMA);
const CAPS = { maxEndpoints: 3, maxClients: 3, maxWindows: 3, maxPairs: 3 };

type Line = LineOutcome;

function stateOf(lines: readonly Line[], caps: Partial<typeof CAPS>, id?: string): Uint8Array {
  const options = { windowUs: 60_000_000, suspiciousOver: 1, exactPercentilesUpTo: 3, ...caps };
  const analysis = new Analysis(options);
  addLines(analysis, lines);
  return encodeState(analysis, { id });
}

Deno.test("STATE_SCHEMA holds for every state, above the caps too", () => {
  const lines = fc.array(lineOutcome, { maxLength: 30 });
  fc.assert(fc.property(lines, fc.constantFrom({}, CAPS), (lines, caps) => {
    const state = JSON.parse(new TextDecoder().decode(stateOf(lines, caps, "a")));
    assert(isState(state), JSON.stringify(isState.errors));
  }));
});

Deno.test("STATE_SCHEMA misses every member that is taken away, and every one that is added", () => {
  const lines = fc.sample(fc.array(lineOutcome, { minLength: 40 }), { numRuns: 1, seed: 5 })[0]!;
  const state = JSON.parse(new TextDecoder().decode(stateOf(lines, {}, "a")));
  assert(isState(state));
  const optional =
    /requests|failed_|outcomes\.slow|times\.(?:counts|low|high)|numbers|texts|errors|rejected|statuses|others/;
  let changes = 0;
  const tryAll = (object: Record<string, unknown>, path: string) => {
    for (const [key, value] of Object.entries(object)) {
      if (optional.test(`${path}.${key}`)) continue;
      delete object[key];
      assert(!isState(state), `without ${path}.${key}`);
      object[key] = value;
      object.another = 1;
      assert(!isState(state), `with another member in ${path}`);
      delete object.another;
      changes++;
      if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        tryAll(value as Record<string, unknown>, `${path}.${key}`);
      }
    }
  };
  tryAll(state, "state");
  assert(changes > 40, `${changes}`);
});

Deno.test("decodeState() reads what STATE_SCHEMA holds for", () => {
  const line = stateOf([], {});
  assertEquals(decodeState(line.subarray(0, -1)).unnamed, 1);
});
