import * as colors from "@std/fmt/colors";
import { renderJson } from "../report/render_json.ts";
import { renderText } from "../report/render_text.ts";
import type { Report } from "../report/report.ts";
import type { AnalyzerSettings } from "./analyzer_command.ts";

/**
 * Renders a report in the form that was asked for, for the stdout there is.
 *
 * @param report The report.
 * @param settings The form, the length of lists, and when to use colour.
 * @returns The text, with a newline at the end.
 */
export function renderReport(
  report: Report,
  settings: Pick<AnalyzerSettings, "output" | "top" | "color">,
): string {
  if (settings.output === "json") return renderJson(report);
  colors.setColorEnabled(
    settings.color === "always" ||
      settings.color === "auto" && Deno.stdout.isTerminal() && !Deno.noColor,
  );
  return renderText(report, {
    top: settings.top,
    style: { title: colors.bold, quiet: colors.dim, alarm: colors.red },
  });
}
