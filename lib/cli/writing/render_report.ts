import { renderJson } from "../../report/renderers/render_json.ts";
import { renderText } from "../../report/renderers/render_text.ts";
import type { MissingReasons, TextStyle } from "../../report/renderers/text_options.ts";
import type { Report } from "../../report/report.ts";
import type { AnalyzerSettings } from "../options/analyzer_settings.ts";

/**
 * Renders a report in the form that the settings ask for.
 *
 * @param report The report.
 * @param settings The form, the length of lists, and when to use colour; `auto` depends on stdout.
 * @param reasons For the text form: why figures are not there.
 * @returns The text in pieces, with a newline at the end.
 */
export function renderReport(
  report: Report,
  settings: Pick<AnalyzerSettings, "output" | "top" | "color">,
  reasons: MissingReasons = {},
): Iterable<string> {
  if (settings.output === "json") return renderJson(report);
  const isColored = settings.color === "always" ||
    settings.color === "auto" && Deno.stdout.isTerminal() && !Deno.noColor;
  const style = isColored ? COLORED : PLAIN;
  return [renderText(report, { top: settings.top, style, reasons })];
}

const PLAIN: TextStyle = { title: String, quiet: String, alarm: String };

// Escape sequences (SGR) of ECMA-48. Not the colours of @std/fmt: these heed NO_COLOR even after
// setColorEnabled(true), but `--color always` must win over it.
const COLORED: TextStyle = {
  title: (text) => `\x1b[1m${text}\x1b[22m`,
  quiet: (text) => `\x1b[2m${text}\x1b[22m`,
  alarm: (text) => `\x1b[31m${text}\x1b[39m`,
};
