import { Analysis, type AnalysisOptions } from "../../lib/aggregates/analysis.ts";
import { type InputLine, readInputs } from "../../lib/cli/reading/inputs.ts";
import { type LineOutcome, USUAL_READING } from "../../lib/formats/description/format.ts";
import { FormatReader, type FormatReaderOptions } from "../../lib/formats/format_reader.ts";
import type { FormatTally } from "../../lib/formats/format_tally.ts";
import { RawLine } from "../../lib/lines/cut_lines.ts";
import type { Stop } from "../../lib/lines/until_stopped.ts";
import { RecordGatherer } from "../../lib/records/record_gatherer.ts";
import type { Report } from "../../lib/report/report.ts";
import { toReport } from "../../lib/report/to_report.ts";
import { Scan } from "../../lib/scan/scan.ts";
import { needsAgent } from "../../lib/select/needs_agent.ts";
import { Selection } from "../../lib/select/selection.ts";
import type { SelectionSettings } from "../../lib/select/selection_settings.ts";
import { Rejection } from "../../schema.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The analyzer's report on an input, and the lines that it rejected. */
export interface Analyzed {
  /** The report. */
  readonly report: Report;
  /** The rejected lines, in order. */
  readonly rejected: readonly {
    readonly line: number;
    readonly reason: string;
    readonly bytes: number;
    readonly text: string;
  }[];
  /** The warnings and failures that it would print on stderr. */
  readonly messages: readonly string[];
  /** How many lines the stage took as bytes. */
  readonly taken: number;
  /** How many records had lines of which format. */
  readonly tally: FormatTally;
}

/**
 * Analyses bytes in memory as the analyzer does between its command line and its output.
 *
 * @param chunks The input; it is passed on in copies that are overwritten, as stdin's chunks are.
 * @param options `isScanning`: whether the stage that takes lines as bytes is used, as it is by default; `stop`
 * ends the reading early; `isWhole`: whether the input is one from its first line on, whose lines may depend on
 * those before; `selected` says which records count; `formats` and `how` are those of {@linkcode FormatReader}; the others are those of the analyzer.
 */
export async function analyzeBytes(
  chunks: Iterable<Bytes>,
  {
    maxLineBytes = 2 ** 20,
    isScanning = true,
    isWhole = false,
    stop,
    formats,
    how,
    selected,
    ...options
  }:
    & Partial<AnalysisOptions>
    & FormatReaderOptions
    & {
      readonly maxLineBytes?: number;
      readonly isScanning?: boolean;
      readonly isWhole?: boolean;
      readonly stop?: Stop | undefined;
      readonly selected?: SelectionSettings | undefined;
    } = {},
): Promise<Analyzed> {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25, ...options });
  const rejected: Analyzed["rejected"][number][] = [];
  const messages: string[] = [];
  const keepsAgent = selected !== undefined && needsAgent(selected);
  const records = new RecordGatherer(
    selected === undefined ? analysis : new Selection(analysis, selected),
    { keepsAgents: keepsAgent },
  );
  const take = (outcome: LineOutcome, { number, raw }: InputLine) => {
    if (outcome === "blank") return analysis.lines.addBlank();
    if (outcome === "context") return analysis.lines.addContext();
    if (!(outcome instanceof Rejection)) return records.add(outcome);
    analysis.lines.addRejected(outcome.reason);
    const { bytes } = raw;
    rejected.push({ line: number, reason: outcome.reason, bytes, text: raw.text() });
  };
  const input = { name: "input", open: () => reusing(chunks) };
  const reader = new FormatReader({
    ...formats === undefined ? {} : { formats },
    how: { ...USUAL_READING, ...how, keepsAgent },
  });
  reader.open(isWhole);
  const stage = isScanning ? new Scan(records, reader) : undefined;
  await readInputs([input], { maxLineBytes, stage, stop }, {
    line: (text, line) => [reader.read(text)].flat().forEach((outcome) => take(outcome, line)),
    tooLong: (line) => take(new Rejection("line_too_long"), line),
    bytes: (count) => analysis.addBytes(count),
    warning: (remark) => messages.push(remark),
    failure: (error) => messages.push(error.message),
  });
  const end = { input: "input", number: 0, raw: new RawLine(0, new Uint8Array()) };
  reader.close().forEach((outcome) => take(outcome, end));
  records.flush();
  return {
    report: toReport(analysis),
    rejected,
    messages,
    taken: stage?.taken ?? 0,
    tally: reader.tally,
  };
}

/** Yields copies of bytes in chunks of `size` bytes; the last chunk may be shorter. */
export function* cutInto(bytes: Bytes, size: number): Generator<Bytes> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

/** Yields chunks that are overwritten when the next is asked for, as those of stdin are. */
async function* reusing(chunks: Iterable<Bytes>): AsyncGenerator<Bytes> {
  for (const chunk of chunks) {
    const lent = chunk.slice();
    yield await Promise.resolve(lent);
    lent.fill(0x21);
  }
}
