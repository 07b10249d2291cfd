import type { FailingRoute, Finding } from "../../findings/finding.ts";
import { printableName } from "../printable.ts";
import { showCount, showDuration, showNoun, showPercent, showTime } from "./figures.ts";
import { wrapWords } from "./text_layout.ts";
import type { View } from "./view.ts";

/** The section that comes first: what stands out, most severe first. */
export function whatStandsOut(view: View): string[] {
  const { report, style, width, isCompact, mostFindings } = view;
  if (report.findings.length === 0) return [style.title("Nothing stands out")];
  const shown = isCompact ? loudest(report.findings, mostFindings) : report.findings;
  const hidden = report.findings.length - shown.length;
  const lines = shown.flatMap((finding, i) => {
    const more = hidden > 0 && i === shown.length - 1 ? ` (${showCount(hidden)} more)` : "";
    const text = describe(finding, view) + more, paint = PAINTS[finding.severity];
    const [first, ...others] = wrapWords(text, { width, first: "  ", indent: "  " });
    const marker = finding.severity === "info" ? "·" : "!";
    return [style[paint](marker) + first!.slice(1), ...others];
  });
  return isCompact ? lines : [style.title("What stands out"), ...lines];
}

/** Those that ask for something; if there are none, those that explain figures. */
function loudest(findings: readonly Finding[], most: number): readonly Finding[] {
  const loud = findings.filter(({ severity }) => severity !== "info");
  return (loud.length > 0 ? loud : findings).slice(0, most);
}

const PAINTS = { error: "alarm", warning: "warning", info: "quiet" } as const;

/** Describes a finding in one sentence, with the options that look closer. */
export function describe(
  finding: Finding,
  { report, dates, isCompact }: Pick<View, "report" | "dates" | "isCompact">,
): string {
  const { rule } = finding, slowOver = showTime(report.options.slow_over_ms);
  const failures = showCount(report.failed_requests);
  if (rule === "never_succeeds") {
    const { distinct, routes, failed_requests: failed } = finding;
    const named = showRoutes(routes, !isCompact);
    const more = distinct > routes.length
      ? `, and ${showCount(distinct - routes.length)} more`
      : "";
    const of = failed === report.failed_requests ? "all" : showCount(failed);
    return distinct === 1
      ? `${named} never succeeds; it makes ${of} of the ${failures} failures`
      : `${showCount(distinct)} routes never succeed: ${named}${more}; they make ${of} of the ` +
        `${failures} failures`;
  }
  if (rule === "failing_endpoint") {
    return `${printableName(finding.endpoint)} fails far more than the rest: ` +
      `${showPercent(finding.error_rate)} of ${showNoun(finding.requests, "request")}, ` +
      `elsewhere ${showPercent(finding.error_rate_of_rest)}`;
  }
  if (rule === "failure_burst") {
    const { endpoint, status, client } = finding;
    const about = [
      ...status === null ? [] : [`${status}`],
      ...endpoint === null ? [] : [`of ${printableName(endpoint)}`],
      ...client === null ? [] : [`for ${printableName(client)}`],
    ];
    return `failures burst out ${dates.range(finding.start, finding.end)}: ` +
      `${showCount(finding.failed_requests)} of ${showNoun(finding.requests, "request")} failed, ` +
      `${showPercent(finding.error_rate)}, at other times ${
        showPercent(finding.usual_error_rate)
      }` +
      (about.length === 0 ? "" : `; nearly all ${about.join(" ")}`) + closer(finding, isCompact);
  }
  if (rule === "steady_failures") {
    const { error_rate_of_worst_window: worst } = finding;
    const inWorst = worst === null ? "" : `${showPercent(worst)} in the worst window, `;
    return `failures are no outburst: ${inWorst}${showPercent(finding.error_rate)} in all`;
  }
  if (rule === "slow_burst") {
    const { slow_requests: slow, slow_requests_in_all: all } = finding;
    const range = dates.range(finding.start, finding.end);
    const what = slow === all
      ? `slow only ${range}: all ${showNoun(all, "request")} above ${slowOver} came then`
      : `slow mostly ${range}: ${showCount(slow)} of the ${showNoun(all, "request")} above ` +
        `${slowOver} came then`;
    return what + closer(finding, isCompact);
  }
  if (rule === "noisy_client") return describeNoise(finding, { dates, isCompact });
  if (rule === "threshold_parts_nobody") {
    const { better, suspicious_above_better: above } = finding;
    const hint = better === null
      ? "; no threshold parts them"
      : `; above ${showCount(better)} it would be ${showCount(above!)} (--suspicious ${better})`;
    return `"suspicious" tells nobody apart: ${showCount(finding.suspicious)} of ` +
      `${showNoun(finding.clients, "client")} are${hint}`;
  }
  if (rule === "sparse_windows") {
    const { median_requests: median, better_seconds: better } = finding;
    const length = showDuration(finding.window_seconds * 1000);
    const hint = better === null ? "" : `; try --window ${showDuration(better * 1000)}`;
    return `windows of ${length} are sparse: the median has ` +
      `${showNoun(Number(median.toFixed(1)), "request")}${hint}`;
  }
  const more = finding.more === 0 ? "" : `; ${showNoun(finding.more, "more such time")}`;
  return `silence ${dates.range(finding.start, finding.end)}: no request in ` +
    `${showNoun(finding.windows, "window")}, some ${
      showCount(finding.due_requests)
    } were due${more}`;
}

/** The options that show a stretch alone, where there is room for them. */
function closer(
  { start, end }: { readonly start: string; readonly end: string },
  isCompact: boolean,
): string {
  const short = (instant: string) => instant.replace(/:00Z$/, "Z");
  return isCompact ? "" : ` (--since ${short(start)} --until ${short(end)})`;
}

/** What needs no quotes, neither in a shell nor in a condition. */
const ADDRESS = /^[\dA-Fa-f.:]+$/;

function describeNoise(
  finding: Extract<Finding, { rule: "noisy_client" }>,
  { dates, isCompact }: Pick<View, "dates" | "isCompact">,
): string {
  const { requests, failed_requests: failed, failed_endpoints: named } = finding;
  const more = finding.failed_endpoints_distinct - named.length;
  const others = more > 0 ? ` and ${showCount(more)} more` : "";
  const what = named.length === 0 || isCompact
    ? ""
    : `: ${named.map(printableName).join(", ")}${others}`;
  const all = requests === null
    ? ""
    : `; ${showCount(requests)} in all, ${showPercent(failed! / requests)} failed${what}`;
  const median = Number(finding.median_in_window.toFixed(1));
  const window = isCompact ? "a window" : `the window ${dates.instant(finding.window)}`;
  // The report on this client alone shows all that it asked for.
  const alone = isCompact || !ADDRESS.test(finding.ip) ? "" : ` (--where ip==${finding.ip})`;
  return `${printableName(finding.ip)} asks for far more than others: ` +
    `${showNoun(finding.requests_in_window, "request")} in ${window}, ` +
    `the median client ${showCount(median)}${all}${alone}`;
}

/** Names routes, those of one endpoint and one outcome together: `DELETE and GET /a 404`. */
function showRoutes(routes: readonly FailingRoute[], hasStatuses: boolean): string {
  const groups = Map.groupBy(
    routes,
    ({ endpoint, statuses }) => JSON.stringify([endpoint, statuses]),
  );
  return [...groups.values()].map((group) => {
    const methods = group.map(({ method }) => printableName(method)).join(" and ");
    const { endpoint, statuses } = group[0]!;
    return `${methods} ${printableName(endpoint)}${hasStatuses ? ` ${statuses.join("/")}` : ""}`;
  }).join(", ");
}
