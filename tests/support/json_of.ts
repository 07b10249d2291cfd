import { renderJson } from "../../lib/report/renderers/render_json.ts";
import type { Report } from "../../lib/report/report.ts";

/** Returns the JSON of a report as one string. */
export function jsonOf(report: Report): string {
  return [...renderJson(report)].join("");
}
