import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { JsonColumn } from "../tables/json_column.ts";
import { longerBuffer } from "../tables/longer_buffer.ts";
import { murmurHash3 } from "../tables/hashes/murmur_hash3.ts";
import { parseColumns } from "../tables/parse_columns.ts";
import { type JsonObject, readInteger, readObject, wrong } from "../tables/read_state.ts";
import type { Analysis } from "./analysis.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { AnalysisState } from "./analysis_state.ts";
import { readShards } from "./read_shards.ts";
import type { Shard } from "./shard.ts";

/** The format's name and version. Whoever meets another version refuses it: it may mean anything. */
export const STATE_FORMAT = "http-log-state/1";

/** What the figures of a state depend on: states merge only if all of it is equal. */
export interface StateSettings {
  /** Length of a window, in microseconds. */
  readonly window: number;
  /** A client with more requests than this in one window is suspicious. */
  readonly suspicious: number;
  /** Up to how many endpoints all is exact. */
  readonly max_endpoints: number;
  /** Up to how many clients. */
  readonly max_clients: number;
  /** Up to how many windows. */
  readonly max_windows: number;
  /** Up to how many clients, each counted once in every window. */
  readonly max_pairs: number;
  /** Up to how many response times of one kind percentiles are exact. */
  readonly exact_percentiles_up_to: number;
}

/**
 * What is known of some input, as one line of JSON; merged with the states of the other input it
 * gives the report on all of it. The last member is `checksum`, see {@linkcode checksum}, of all bytes
 * that stand before its comma.
 */
export interface State {
  /** {@linkcode STATE_FORMAT}. */
  readonly state: string;
  /** What it depends on. */
  readonly settings: StateSettings;
  /** What was found. */
  readonly analysis: AnalysisState;
  /** What was read that has a name, by code point of it. */
  readonly shards: readonly Shard[];
  /** How many pieces of input were read that have none. */
  readonly unnamed: number;
}

/** A state that was read, and whose checksum is right. */
export interface ReadState {
  /** What it depends on. */
  readonly settings: StateSettings;
  /** What was read that has a name. */
  readonly shards: readonly Shard[];
  /** How many pieces of input were read that have none. */
  readonly unnamed: number;
  /** What was found, for {@linkcode Analysis.mergeJSON}. */
  readonly analysis: unknown;
  /** Equal for equal states. */
  readonly checksum: string;
}

const ENCODER = new TextEncoder();
/** As many bytes are decoded at once. */
const PIECE_BYTES = 2 ** 14;
const CHECKSUM = /^,"checksum":"([0-9a-f]{16})"\}$/;
const CHECKSUM_BYTES = ',"checksum":"0123456789abcdef"}'.length;

/**
 * Writes a state.
 *
 * @param analysis What was found.
 * @param source The shards that were read and how much else; or the name of the one that was, if it
 * has one.
 * @returns One line of JSON in UTF-8, with its LF.
 *
 * @example There and back
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Analysis } from "./analysis.ts";
 * import { decodeState, encodeState } from "./state.ts";
 *
 * const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
 * const line = encodeState(analysis, { id: "logs/1" });
 * const { shards } = decodeState(line.subarray(0, line.length - 1));
 * assertEquals(shards.map(({ id, lines }) => [id, lines]), [["logs/1", 0]]);
 * ```
 */
export function encodeState(
  analysis: Analysis,
  source: Pick<State, "shards" | "unnamed"> | { readonly id: string | undefined },
): Uint8Array<ArrayBuffer> {
  const line = new Bytes();
  line.add(`{"state":"${STATE_FORMAT}","settings":${JSON.stringify(toSettings(analysis.options))}`);
  line.add(',"analysis":');
  const start = line.length;
  // One member at a time: of all there may be 30 MB, and as objects five times as much.
  let before = "{";
  for (const [name, part] of analysis.members()) {
    line.add(`${before}${JSON.stringify(name)}:`);
    for (const piece of piecesOf(part)) line.add(piece);
    before = ",";
  }
  line.add("}");
  const { shards, unnamed } = "id" in source
    ? describe(analysis, source.id, line.from(start))
    : source;
  line.add(`,"shards":${JSON.stringify(shards)},"unnamed":${unnamed}`);
  line.add(`,"checksum":"${checksum(line.from(0))}"}\n`);
  return line.from(0);
}

/** The JSON of a part, in pieces. */
function* piecesOf(part: unknown): Generator<string> {
  if (part instanceof JsonColumn) return yield* part.pieces();
  if (typeof part !== "object" || part === null || Array.isArray(part)) {
    return yield JSON.stringify(part);
  }
  let before = "{";
  for (const [name, value] of Object.entries(part)) {
    yield `${before}${JSON.stringify(name)}:`;
    yield* piecesOf(value);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

/** Text in UTF-8 that is added to. */
class Bytes {
  #buffer = new Uint8Array(4096);
  #end = 0;

  get length(): number {
    return this.#end;
  }

  add(text: string): void {
    for (let rest = text; rest !== "";) {
      const { read, written } = ENCODER.encodeInto(rest, this.#buffer.subarray(this.#end));
      this.#end += written;
      rest = rest.slice(read);
      const length = Math.ceil(1.5 * this.#buffer.length) + rest.length;
      if (rest !== "") this.#buffer = new Uint8Array(longerBuffer(this.#buffer.buffer, length));
    }
  }

  /** What was added from a place on; a view, good until more is added. */
  from(start: number): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(start, this.#end);
  }
}

/**
 * Reads a state.
 *
 * @param line The line, without its LF; a TAB at the end is dropped, as streaming engines add one.
 * @throws {SyntaxError} If it is none, says why.
 */
export function decodeState(line: Uint8Array): ReadState {
  const end = line.at(-1) === 0x0D ? line.length - 1 : line.length;
  const whole = line.subarray(0, line[end - 1] === 0x09 ? end - 1 : end);
  if (whole.length === 0) throw new SyntaxError("it is empty");
  const start = new TextDecoder().decode(whole.subarray(0, 64));
  const [, format] = /^\{"state":"([^"]*)"/.exec(start) ?? [];
  if (format === undefined) throw new SyntaxError("it is no state");
  if (format !== STATE_FORMAT) {
    throw new SyntaxError(`it is of format ${format}, and only ${STATE_FORMAT} is known`);
  }
  const body = whole.subarray(0, Math.max(0, whole.length - CHECKSUM_BYTES));
  const [, expected] = CHECKSUM.exec(new TextDecoder().decode(whole.subarray(body.length))) ?? [];
  if (expected === undefined) throw new SyntaxError("it is cut off");
  if (checksum(body) !== expected) throw new SyntaxError("its checksum is wrong");
  assertUtf8(whole);
  const state = readObject(parseColumns(whole), "a state");
  return {
    settings: readSettings(state),
    ...readShards(state),
    analysis: state["analysis"],
    checksum: expected,
  };
}

/** Asserts that bytes are UTF-8, a piece at a time, as all of them are a text of 30 MB. */
function assertUtf8(bytes: Uint8Array): void {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true });
    }
    decoder.decode();
  } catch (cause) {
    throw new SyntaxError("it is not UTF-8", { cause });
  }
}

/**
 * Sums bytes up, against accidents: MurmurHash3 with the seeds 0x9747b28c and 0x3c6ef372, 16
 * hexadecimal digits.
 */
export function checksum(bytes: Uint8Array): string {
  return [0x9747B28C, 0x3C6EF372]
    .map((seed) => murmurHash3(bytes, bytes.length, seed).toString(16).padStart(8, "0"))
    .join("");
}

/** The options of an analysis that takes states of these settings in. */
export function toOptions(settings: StateSettings, hashKey: HashKey): AnalysisOptions {
  return {
    windowUs: settings.window,
    suspiciousOver: settings.suspicious,
    maxEndpoints: settings.max_endpoints,
    maxClients: settings.max_clients,
    maxWindows: settings.max_windows,
    maxPairs: settings.max_pairs,
    exactPercentilesUpTo: settings.exact_percentiles_up_to,
    hashKey,
  };
}

function toSettings(options: Analysis["options"]): StateSettings {
  return {
    window: options.windowUs,
    suspicious: options.suspiciousOver,
    max_endpoints: options.maxEndpoints,
    max_clients: options.maxClients,
    max_windows: options.maxWindows,
    max_pairs: options.maxPairs,
    exact_percentiles_up_to: options.exactPercentilesUpTo,
  };
}

/** So many durations are at most held as they are, each at its own place. */
const MOST_EXACT = 2 ** 20;

/** The least that each setting may be. */
const LEAST: StateSettings = {
  window: 1,
  suspicious: 0,
  max_endpoints: 1,
  max_clients: 1,
  max_windows: 2,
  max_pairs: 2,
  exact_percentiles_up_to: 0,
};

function readSettings(state: JsonObject): StateSettings {
  const settings = readObject(state["settings"], "settings");
  const unknown = Object.keys(settings).find((name) => !Object.hasOwn(LEAST, name));
  if (unknown !== undefined) throw wrong("settings", `no setting ${unknown}`);
  const entries = Object.entries(LEAST).map(([name, least]) => [
    name,
    readInteger(settings, name, least),
  ]);
  const read = Object.fromEntries(entries) as unknown as StateSettings;
  if (read.exact_percentiles_up_to > MOST_EXACT) {
    throw wrong("exact_percentiles_up_to", `at most ${MOST_EXACT}`);
  }
  return read;
}

function describe(
  analysis: Analysis,
  id: string | undefined,
  found: Uint8Array,
): Pick<State, "shards" | "unnamed"> {
  if (id === undefined) return { shards: [], unnamed: 1 };
  const [lines, bytes] = [analysis.lines.lines(), analysis.bytes()];
  return { shards: [{ id, lines, bytes, checksum: checksum(found) }], unnamed: 0 };
}
