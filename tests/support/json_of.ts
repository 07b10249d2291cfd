import { renderJson } from "../../lib/report/renderers/render_json.ts";
import type { Report } from "../../lib/report/report.ts";

/** The JSON of a report in one piece. */
export function jsonOf(report: Report): string {
  return [...renderJson(report)].join("");
}
