import type { Analysis } from "../aggregates/analysis.ts";
import type { AnalysisState } from "../aggregates/analysis_state.ts";
import { parseColumns } from "../tables/parse_columns.ts";
import { readObject } from "../tables/read_state.ts";
import { checkState } from "./check_state.ts";
import { readShards } from "./read_shards.ts";
import { readSettings, type StateSettings } from "./settings.ts";
import type { Shard } from "./shard.ts";
import { checksum, STATE_FORMAT } from "./state.ts";

/** A state that was read, and whose checksum was right. */
export interface ReadState {
  /** The settings of the analysis. */
  readonly settings: StateSettings;
  /** The pieces of input that have a name. */
  readonly shards: readonly Shard[];
  /** How many pieces of input have no name. */
  readonly unnamed: number;
  /** The analysis as parsed JSON, for {@linkcode mergeState}, which checks it. */
  readonly analysis: unknown;
  /** The checksum of the state; equal states have equal checksums. */
  readonly checksum: string;
}

const DECODER = new TextDecoder(), STRICT = new TextDecoder("utf-8", { fatal: true });
/** How many bytes are decoded at once. */
const PIECE_BYTES = 2 ** 14;
const CHECKSUM = /^,"checksum":"([0-9a-f]{16})"\}$/;
const CHECKSUM_BYTES = ',"checksum":"0123456789abcdef"}'.length;

/**
 * Reads a state.
 *
 * @param line The line, without its LF. A CR at its end is dropped, and a TAB, as streaming engines add one.
 * @throws {SyntaxError} If the line is no state of this format; the message says why.
 */
export function decodeState(line: Uint8Array): ReadState {
  const end = line.at(-1) === 0x0D ? line.length - 1 : line.length;
  const whole = line.subarray(0, line[end - 1] === 0x09 ? end - 1 : end);
  if (whole.length === 0) throw new SyntaxError("it is empty");
  const start = DECODER.decode(whole.subarray(0, 64));
  const [, format] = /^\{"state":"([^"]*)"/.exec(start) ?? [];
  if (format === undefined) throw new SyntaxError("it is no state");
  if (format !== STATE_FORMAT) {
    throw new SyntaxError(`it is of format ${format}, and only ${STATE_FORMAT} is known`);
  }
  const body = whole.subarray(0, Math.max(0, whole.length - CHECKSUM_BYTES));
  const [, expected] = CHECKSUM.exec(DECODER.decode(whole.subarray(body.length))) ?? [];
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

/**
 * Adds the analysis of a state to another with the same settings.
 *
 * @throws {SyntaxError} If the members of the state have the wrong form, or contradict each other; some of
 * it may have been added by then.
 */
export function mergeState(
  analysis: Analysis,
  { analysis: state }: Pick<ReadState, "analysis">,
): void {
  analysis.mergeJSON(state);
  checkState(state as AnalysisState, analysis.options); // `mergeJSON` has checked the form of each member.
}

/** Asserts that bytes are UTF-8. It decodes them piece by piece, as all of them may be a text of 30 MB. */
function assertUtf8(bytes: Uint8Array): void {
  try {
    if (bytes.length <= PIECE_BYTES) {
      STRICT.decode(bytes);
      return;
    }
    const decoder = new TextDecoder("utf-8", { fatal: true });
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true });
    }
    decoder.decode();
  } catch (cause) {
    throw new SyntaxError("it is not UTF-8", { cause });
  }
}
