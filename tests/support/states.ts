import fc from "fast-check";
import { Analysis, type AnalysisOptions } from "../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import { decodeState, mergeState } from "../../lib/states/decode_state.ts";
import { encodeState } from "../../lib/states/encode_state.ts";
import { toOptions } from "../../lib/states/settings.ts";
import { checksum } from "../../lib/states/state.ts";
import { addLines } from "./add_lines.ts";

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

const encoder = new TextEncoder();
const cap = fc.constantFrom(2, 3, 5, 1000);

/** Options of analyses with low limits and different lengths of windows. */
export const tightOptions: fc.Arbitrary<AnalysisOptions> = fc.record({
  windowUs: fc.constantFrom(1000, 1_000_000, 60_000_000, 86_400_000_000_000),
  suspiciousOver: fc.nat(3),
  slowOverUs: fc.constantFrom(0, 1000, 1_000_000),
  maxEndpoints: cap,
  maxClients: cap,
  maxWindows: cap,
  maxPairs: cap,
  exactPercentilesUpTo: fc.constantFrom(0, 1, 4, 32),
});

/** Makes the analysis of lines from their outcomes; each line counts as 100 bytes. */
export function analyse(lines: readonly LineOutcome[], options: AnalysisOptions): Analysis {
  const analysis = new Analysis(options);
  addLines(analysis, lines);
  analysis.addBytes(100 * lines.length);
  return analysis;
}

/** Returns the state of an analysis as a JSON object, which a test may change. */
export function stateOf(analysis: Analysis): { [name: string]: Json } {
  return JSON.parse(new TextDecoder().decode(encodeState(analysis, { id: undefined })));
}

/** Returns a state as a line, without LF, with the right checksum. */
export function sign(state: { readonly [name: string]: Json }): Uint8Array<ArrayBuffer> {
  const { checksum: _, ...members } = state;
  return signText(JSON.stringify(members).slice(0, -1));
}

/** Returns a state as a line, without LF: the text before the checksum, then the right checksum. */
export function signText(body: string): Uint8Array<ArrayBuffer> {
  return signBytes(encoder.encode(body));
}

/** Does what {@linkcode signText} does, with any bytes before the checksum. */
export function signBytes(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const end = encoder.encode(`,"checksum":"${checksum(body)}"}`);
  const line = new Uint8Array(body.length + end.length);
  line.set(body);
  line.set(end, body.length);
  return line;
}

/** Merges states, at least one, into one analysis. */
export function merge(lines: readonly Uint8Array[]): Analysis {
  const states = lines.map(decodeState);
  const analysis = new Analysis(toOptions(states[0]!.settings, [5, 6]));
  for (const state of states) mergeState(analysis, state);
  return analysis;
}
