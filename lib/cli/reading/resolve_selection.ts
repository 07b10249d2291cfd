import { Analysis } from "../../aggregates/analysis.ts";
import type { Stop } from "../../lines/until_stopped.ts";
import type { RecordBatch } from "../../records/record_batch.ts";
import { printable } from "../../report/printable.ts";
import { parseRange } from "../../select/address_range.ts";
import {
  compileCondition,
  compileExcludedAgent,
  parseInstant,
} from "../../select/compile_condition.ts";
import { describeSelection, instantOf } from "../../select/describe_selection.ts";
import { parsePathPattern } from "../../select/path_groups.ts";
import { pinTimes } from "../../select/pin_times.ts";
import type { SelectionSettings, TypedSelection } from "../../select/selection_settings.ts";
import { CommandError, UsageError } from "../command/command.ts";
import { quote, say } from "../command/say.ts";
import { DURATION } from "../command/value_kinds.ts";
import { InputReader, type InputReaderOptions } from "./input_reader.ts";
import type { Input } from "./inputs.ts";
import { Problems } from "./problems.ts";

/** What is chosen, and how lines are read. */
export interface SelectingOptions extends TypedSelection, InputReaderOptions {
  /** The offset from UTC, east of it, of times without a zone, in microseconds. */
  readonly assumedOffsetUs: number;
}

/** An instant, or how to find it once the end of the log is known. */
type Typed = number | ((endUs: number) => number) | undefined;

const DAY_US = 86_400e6;
const WANTED = "a date (2026-03-02) or an ISO 8601 time, from 1684-07-29 to 2255-06-04, " +
  "a time of day (03:00), or a length back from the end (-15m)";

/**
 * Checks what is chosen, before anything is read.
 *
 * @throws {UsageError} If a time, a condition, a range of addresses or a pattern cannot be understood, or no time can
 *   be chosen.
 */
export function checkSelection(typed: SelectingOptions): void {
  const [since, until] = typedTimes(typed);
  if (typeof since === "number" && typeof until === "number" && since >= until) {
    throw new UsageError(neverCounts(since, until));
  }
  for (const condition of typed.conditions) {
    asUsage(() => compileCondition(condition, typed), "");
  }
  for (const range of typed.excludedIps) {
    if (parseRange(range) !== undefined) continue;
    throw new UsageError(
      `Cannot use --exclude-ip ${quote(range)}: expected an address or a range of addresses, ` +
        "as in: --exclude-ip 10.0.0.0/8",
    );
  }
  for (const pattern of typed.excludedAgents) {
    asUsage(() => compileExcludedAgent(pattern), "Cannot use --exclude-agent: ");
  }
  for (const pattern of typed.groupPatterns) {
    asUsage(() => parsePathPattern(pattern), "Cannot use --group-pattern: ");
  }
}

/**
 * Resolves what is chosen. Where a time depends on the end of the log, the inputs are read for it first.
 *
 * @param typed What is chosen, and how lines are read.
 * @param inputs The inputs.
 * @param context The name of the program, which its message begins with; `stop` ends the reading early.
 * @returns The selection; `undefined` if all records count as they are.
 * @throws {CommandError} If the end of the log has to be known, and an input is no regular file.
 */
export async function resolveSelection(
  typed: SelectingOptions,
  inputs: readonly Input[],
  { program, stop }: { readonly program: string; readonly stop: Stop },
): Promise<SelectionSettings | undefined> {
  const { excludedIps, excludedAgents, bots } = typed;
  const { stripsQuery, isGrouping, groupPatterns, absoluteUrls } = typed;
  const [since, until] = typedTimes(typed);
  const needsEnd = typeof since === "function" || typeof until === "function";
  const endUs = needsEnd ? await findEnd(typed, inputs, stop) : undefined;
  if (endUs !== undefined) {
    say(`${program}: Read all once to find the last request, at ${instantOf(endUs)}`);
  }
  // Of a log without a request no time can be told, and none is needed.
  const instant = (time: Typed) =>
    typeof time !== "function" ? time : endUs === undefined ? undefined : time(endUs);
  const [sinceUs, untilUs] = [instant(since), instant(until)];
  if (sinceUs !== undefined && untilUs !== undefined && sinceUs >= untilUs) {
    throw new CommandError(neverCounts(sinceUs, untilUs));
  }
  const conditions = typed.conditions.map((condition) => pinTimes(condition, typed));
  const chosen = {
    ...{ sinceUs, untilUs, conditions, excludedIps, excludedAgents, bots },
    ...{ stripsQuery, isGrouping, groupPatterns, absoluteUrls },
  };
  return describeSelection(chosen) === "" ? undefined : chosen;
}

function neverCounts(sinceUs: number, untilUs: number): string {
  return `Cannot count from ${instantOf(sinceUs)} until ${instantOf(untilUs)}: ` +
    "expected an earlier --since, or a later --until";
}

function typedTimes({ since, until, lastUs, assumedOffsetUs }: SelectingOptions): [Typed, Typed] {
  if (lastUs !== undefined && since !== undefined) {
    throw new UsageError("Cannot use --last with --since: both say where to begin");
  }
  const first = lastUs === undefined
    ? toTyped("since", since, assumedOffsetUs)
    : (endUs: number) => endUs - lastUs;
  return [first, toTyped("until", until, assumedOffsetUs)];
}

function toTyped(name: string, text: string | undefined, assumedOffsetUs: number): Typed {
  if (text === undefined) return undefined;
  const instant = parseInstant(text, assumedOffsetUs);
  if (instant !== undefined) return instant;
  const back = text.startsWith("-") ? DURATION.parse(text.slice(1)) : undefined;
  if (back !== undefined) return (endUs) => endUs - back;
  const [, hours, minutes, seconds = "0"] =
    /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  if (hours === undefined) {
    throw new UsageError(`Cannot use --${name} ${quote(text)}: expected ${WANTED}`);
  }
  const inDay = 1e6 * (3600 * Number(hours) + 60 * Number(minutes) + Number(seconds));
  return (endUs) =>
    Math.floor((endUs + assumedOffsetUs) / DAY_US) * DAY_US - assumedOffsetUs + inDay;
}

function asUsage(parse: () => unknown, before: string): void {
  try {
    parse();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const lines = error.message.split("\n").map(printable);
    throw new UsageError(before + lines.join("\n"), { cause: error });
  }
}

/** Reads inputs to find the time of the last request; `undefined` if there is none. */
async function findEnd(
  options: InputReaderOptions,
  inputs: readonly Input[],
  stop: Stop,
): Promise<number | undefined> {
  const other = inputs.find(({ file }) => file === undefined);
  if (other !== undefined) {
    throw new CommandError(
      `Cannot tell the end of ${other.name} before it is read: expected regular files for ` +
        "--last, and for a time of day or a length in --since and --until; or use a date and time",
    );
  }
  let endUs = -Infinity;
  const sink = {
    addBatch({ size, timestampsUs }: RecordBatch): void {
      for (let row = 0; row < size; row++) endUs = Math.max(endUs, timestampsUs[row]!);
    },
  };
  const analysis = new Analysis({ windowUs: DAY_US, suspiciousOver: 0 });
  // What goes wrong is told when the inputs are read again.
  await new InputReader(analysis, { ...options, sink }).read(inputs, {
    problems: new Problems(undefined),
    stop,
  });
  return Number.isFinite(endUs) ? endUs : undefined;
}
