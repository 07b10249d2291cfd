import { bold, dim, red, setColorEnabled, yellow } from "@std/fmt/colors";
import { renderJson } from "../../report/renderers/render_json.ts";
import { renderText } from "../../report/renderers/render_text.ts";
import { REPORT_WIDTH, WIDEST_REPORT } from "../../report/renderers/text_layout.ts";
import type { MissingReasons, TextStyle } from "../../report/renderers/text_options.ts";
import type { Report } from "../../report/report.ts";
import type { AnalyzerSettings } from "../options/analyzer_settings.ts";

/** How many rows a list shows, unless a terminal has less room or the command line says otherwise. */
const USUAL_ROWS = 10;

/**
 * Renders a report in the form that the settings ask for. Only on a terminal does it depend on the terminal: on how
 * large that is, and on whether it shows colours.
 *
 * @param report The report.
 * @param settings The form, the order and the length of lists, and when to use colour.
 * @param reasons For the text form: why figures are not there.
 * @returns The text in pieces, with a newline at the end.
 */
export function renderReport(
  report: Report,
  settings: Pick<AnalyzerSettings, "output" | "top" | "sort" | "color">,
  reasons: MissingReasons = {},
): Iterable<string> {
  if (settings.output === "json") return renderJson(report);
  const isTerminal = Deno.stdout.isTerminal(), size = isTerminal ? sizeOfTerminal() : undefined;
  const isColored = settings.color === "always" ||
    settings.color === "auto" && isTerminal && !isDumb();
  // With NO_COLOR it stays off.
  setColorEnabled(isColored);
  return [renderText(report, {
    top: settings.top ?? USUAL_ROWS,
    sort: settings.sort,
    // Who asks for rows gets them, and may scroll.
    lines: settings.top === undefined ? size?.rows : undefined,
    width: Math.min(WIDEST_REPORT, Math.max(REPORT_WIDTH, size?.columns ?? REPORT_WIDTH)),
    style: STYLE,
    reasons,
  })];
}

const STYLE: TextStyle = { title: bold, quiet: dim, alarm: red, warning: yellow };

function sizeOfTerminal(): { readonly columns: number; readonly rows: number } | undefined {
  try {
    return Deno.consoleSize();
  } catch {
    // Not every terminal tells.
    return undefined;
  }
}

/** Whether the terminal shows no colours, as far as the environment may be read. */
function isDumb(): boolean {
  const { state } = Deno.permissions.querySync({ name: "env", variable: "TERM" });
  return state === "granted" && Deno.env.get("TERM") === "dumb";
}
