import { Analysis } from "../aggregates/analysis.ts";
import { byteOrderMarkAt, cutLines } from "../lines/cut_lines.ts";
import { decompress } from "../lines/decompress.ts";
import { printable } from "../report/printable.ts";
import { showDuration } from "../report/renderers/figures.ts";
import { decodeState, mergeState } from "../states/decode_state.ts";
import { type StateSettings, toOptions } from "../states/settings.ts";
import { ShardList } from "../states/shard_list.ts";
import { drawHashKey } from "../tables/hashes/half_sip_hash.ts";
import { CommandError } from "./command/command.ts";
import { endsBefore, type Signals } from "./command/signals.ts";
import { ExpectedShards } from "./expected_shards.ts";
import { ANALYZER } from "./options/analyzer_command.ts";
import type { AnalyzerSettings } from "./options/analyzer_settings.ts";
import { cannotRead, findInputs, hintAtTerminal, type Input } from "./reading/inputs.ts";
import { Problems } from "./reading/problems.ts";
import { writeReport, writeState } from "./writing/write_results.ts";

/** Nearly the longest string that the engine can hold; states are far smaller. */
const MAX_STATE_BYTES = 2 ** 29 - 64;

/**
 * Reads states, merges them, and prints the report, or the merged state.
 *
 * If one of the states is at fault, nothing is printed: a report without a part would look like a whole one.
 *
 * @returns The exit code.
 * @throws {CommandError} If a state cannot be read, does not merge with the others, or is missing.
 */
export async function mergeStates(settings: AnalyzerSettings, signals: Signals): Promise<number> {
  const expected = await ExpectedShards.from(settings.expect);
  const inputs = await findInputs(settings.files);
  hintAtTerminal(ANALYZER.name, inputs, "states");

  const problems = new Problems(undefined);
  const merged = new MergedStates();
  // After a signal nothing is printed: a report on some of the states would look like one on all.
  if (!await endsBefore(signals, readAll(inputs, merged, problems))) return 1;
  expected.check(merged.shards);

  const { analysis, shards } = merged;
  if (!settings.isPartial) return await writeReport(analysis, settings, { problems });
  const source = { shards: shards.shards(), unnamed: shards.unnamed };
  return await writeState(analysis, source, settings, problems);
}

async function readAll(
  inputs: readonly Input[],
  merged: MergedStates,
  problems: Problems,
): Promise<void> {
  for (const { name, open } of inputs) {
    let number = 0;
    for await (const line of linesOf({ name, open }, problems)) {
      number++;
      try {
        merged.add(line);
      } catch (cause) {
        if (!(cause instanceof SyntaxError)) throw cause;
        const where = `${printable(name)}:${number}`;
        throw new CommandError(`Cannot merge ${where}: ${printable(cause.message)}`, { cause });
      }
    }
  }
}

/** Yields the lines of an input, without LF: views, each valid until the next is asked for. */
async function* linesOf({ name, open }: Input, problems: Problems): AsyncGenerator<Uint8Array> {
  const warn = (remark: string) => problems.addWarning(`Reading ${printable(name)}: ${remark}`);
  try {
    for await (const cut of cutLines(decompress(open(), warn), MAX_STATE_BYTES)) {
      if ("tooLong" in cut) throw new SyntaxError("a line is longer than any state");
      for (let start = 0; start < cut.lines.length;) {
        const end = cut.lines.indexOf(0x0A, start);
        yield cut.lines.subarray(start + byteOrderMarkAt(start, cut.lines), end);
        start = end + 1;
      }
    }
  } catch (cause) {
    throw cause instanceof CommandError ? cause : cannotRead(name, cause);
  }
}

/** The merged states. */
class MergedStates {
  readonly shards: ShardList;
  readonly #hashKey = drawHashKey();
  #settings: StateSettings | undefined;
  #analysis: Analysis | undefined;

  constructor() {
    this.shards = new ShardList(this.#hashKey);
  }

  /**
   * The merged analysis.
   *
   * @throws {CommandError} If no state was read.
   */
  get analysis(): Analysis {
    if (this.#analysis !== undefined) return this.#analysis;
    throw new CommandError("Cannot merge: no state was read, expected one a line");
  }

  /** Merges the state on a line, unless an equal one was merged before. */
  add(line: Uint8Array): void {
    const state = decodeState(line);
    this.#settings ??= state.settings;
    assertEqual(state.settings, this.#settings);
    this.#analysis ??= new Analysis(toOptions(state.settings, this.#hashKey));
    if (this.shards.add(state)) mergeState(this.#analysis, state);
  }
}

/** Throws if two states have different settings: their figures do not add up. */
function assertEqual(settings: StateSettings, before: StateSettings): void {
  // The selection is absent where all requests count.
  const names = Object.keys({ ...before, ...settings }) as (keyof StateSettings)[];
  const other = names.find((name) => settings[name] !== before[name]);
  if (other === undefined) return;
  const show = (value: number | string | undefined) =>
    other === "window" ? showDuration(Number(value) / 1000) : printable(String(value ?? "none"));
  throw new SyntaxError(
    `its ${other} is ${show(settings[other])}, that of the states before ${show(before[other])}; ` +
      "only states of equal settings merge",
  );
}
