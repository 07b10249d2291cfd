import { renderJson } from "../../report/renderers/render_json.ts";
import { renderText, type TextStyle } from "../../report/renderers/render_text.ts";
import type { Report } from "../../report/report.ts";
import type { AnalyzerSettings } from "../options/analyzer_options.ts";

/**
 * Renders a report in the form that was asked for, for the stdout there is.
 *
 * @param report The report.
 * @param settings The form, the length of lists, and when to use colour.
 * @param explanation Why most lines were rejected, if they were, for people.
 * @returns The text in pieces, with a newline at the end.
 */
export function renderReport(
  report: Report,
  settings: Pick<AnalyzerSettings, "output" | "top" | "color">,
  explanation: readonly string[],
): Iterable<string> {
  if (settings.output === "json") return renderJson(report);
  const isColored = settings.color === "always" ||
    settings.color === "auto" && Deno.stdout.isTerminal() && !Deno.noColor;
  const style = isColored ? COLORED : PLAIN;
  return [renderText(report, { top: settings.top, style, explanation })];
}

const PLAIN: TextStyle = { title: String, quiet: String, alarm: String };

// SGR of ECMA-48. The colours of @std/fmt heed NO_COLOR even after setColorEnabled(true), but `--color
// always` is to win over it.
const COLORED: TextStyle = {
  title: (text) => `\x1b[1m${text}\x1b[22m`,
  quiet: (text) => `\x1b[2m${text}\x1b[22m`,
  alarm: (text) => `\x1b[31m${text}\x1b[39m`,
};
