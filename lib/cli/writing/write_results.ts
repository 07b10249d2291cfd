import type { Analysis } from "../../aggregates/analysis.ts";
import type { Target } from "../../formats/description/shapes.ts";
import { describeTally, reasonFor } from "../../formats/describe_tally.ts";
import { NAMED_FORMATS } from "../../formats/known_formats.ts";
import { toReport } from "../../report/to_report.ts";
import type { Source } from "../../states/encode_state.ts";
import { cannotWriteOut, writeOut, writeWhole } from "../command/stdout.ts";
import { ANALYZER } from "../options/analyzer_command.ts";
import type { AnalyzerSettings } from "../options/analyzer_settings.ts";
import type { Problems } from "../reading/problems.ts";
import { resolveFormats } from "../reading/resolve_formats.ts";
import { renderReport } from "./render_report.ts";

/**
 * Prints the report on stdout, then on stderr which formats were read, and the problems. A reader that leaves early
 * (`head`) is no problem. There is no report for people if not one line was a record: what is wrong is on stderr.
 *
 * @param analysis The analysis.
 * @param settings The form of the report.
 * @param context What went wrong, and whether Ctrl-C was pressed.
 * @returns The exit code.
 */
export async function writeReport(
  analysis: Analysis,
  settings: AnalyzerSettings,
  { problems, isInterrupted = () => false }: {
    readonly problems: Problems;
    readonly isInterrupted?: () => boolean;
  },
): Promise<number> {
  const report = toReport(analysis, settings.percentiles);
  const { records, rejected, filtered, without_client: withoutClient } = report.input;
  const formats = resolveFormats(settings), tally = problems.formats;
  // Some are read only where a header says so.
  const all = [...formats, ...NAMED_FORMATS];
  // What was left out may have lacked anything.
  const figures = {
    records: records + filtered,
    timed: report.response_time?.count ?? 0,
    withoutClient: withoutClient + filtered,
  };
  const reasonOf = (target: Target) => reasonFor(target, tally.lines, { formats: all, figures });
  const reasons = { responseTimes: reasonOf("responseTime"), clients: reasonOf("ip") };
  const isNothing = settings.output === "text" && records + filtered === 0 && rejected > 0;
  try {
    // The terminal shows `^C` where the report would begin.
    const isTerminal = Deno.stdout.isTerminal();
    // Ctrl-C ends the writer of a pipe too: the end of the pipe may be noticed before the signal is.
    if (isTerminal) await new Promise((resolve) => setTimeout(resolve));
    const start = isTerminal && isInterrupted() ? "\n" : "";
    if (!isNothing) await writeOut(behind(start, renderReport(report, settings, reasons)));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) problems.addFailure(cannotWriteOut(error));
  }
  const remarks = describeTally(tally, { formats: all, figures, zone: showOffset(settings) });
  const { maxRejected } = settings;
  return problems.tell(ANALYZER.name, report.input, {
    ...{ maxRejected, formats, remarks, isPart: false },
  });
}

function* behind(start: string, texts: Iterable<string>): Generator<string> {
  yield start;
  yield* texts;
}

/**
 * Prints the problems on stderr, then, if the exit code is 0, the state on stdout: whoever merges a state could
 * not know of the problems.
 *
 * @returns The exit code.
 */
export async function writeState(
  analysis: Analysis,
  source: Source,
  settings: AnalyzerSettings,
  problems: Problems,
): Promise<number> {
  const { lines } = analysis;
  const counts = {
    ...{ lines: lines.lines(), records: lines.records() },
    ...{ rejected: lines.rejected(), filtered: lines.filtered() },
  };
  const { maxRejected } = settings;
  const exitCode = problems.tell(ANALYZER.name, counts, { maxRejected, isPart: true });
  if (exitCode !== 0) return exitCode;
  // Loaded only now: most runs write no state.
  const { encodeState } = await import("../../states/encode_state.ts");
  await writeWhole(encodeState(analysis, source));
  return 0;
}

/** Shows the offset from UTC of times without one, as the command line takes it. */
function showOffset({ assumedOffsetUs }: AnalyzerSettings): string {
  if (assumedOffsetUs === 0) return "UTC";
  const minutes = Math.abs(assumedOffsetUs) / 60_000_000;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
    .map((part) => String(part).padStart(2, "0"));
  return `${assumedOffsetUs < 0 ? "-" : "+"}${hours}:${rest}`;
}
