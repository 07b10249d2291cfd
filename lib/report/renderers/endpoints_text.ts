import { printableName } from "../printable.ts";
import type { EndpointReport, RouteReport } from "../report.ts";
import { cutToWidth, displayWidth } from "./display_width.ts";
import { showCount, showDoubted, showPercent, showTime } from "./figures.ts";
import { isByFailures, percentileOf } from "./selection.ts";
import {
  type Column,
  fillLines,
  type Item,
  layOutTable,
  widthsOf,
  withRightEnd,
} from "./text_layout.ts";
import { type EndpointOrder, rowsToShow } from "./text_options.ts";
import type { View } from "./view.ts";

/** How wide the column "what fails" becomes. */
const WHAT_WIDTH = 22;

/** What the title says of the order. */
const TITLES: Readonly<Record<EndpointOrder, string>> = {
  failed: "most failures first",
  rate: "highest error rate first",
  requests: "busiest first",
  slow: "most slow requests first",
  p95: "slowest first",
  time: "most time in all first",
};

/** The error rate of each endpoint. Where they are sorted by failures, those that never fail share one line. */
export function errorRates(view: View): string[] {
  const { report, style, top, sort = "failed", width, isCompact, endpoints } = view;
  const { endpoints_other: other } = report, name = "Error rate of each endpoint";
  const { length: all } = report.endpoints, { listed, failing, healthy } = endpoints;
  if (all === 0) return [`${style.title(name)}  none`];
  const shown = endpoints.rows.slice(0, rowsToShow(listed, top));
  const head = withRightEnd(
    {
      text: `${name}  ${TITLES[sort]}`,
      paint: (text) => style.title(name) + text.slice(name.length),
    },
    `${showCount(failing)} of ${showCount(all)} fail`,
    width,
  )!;
  const columns = columnsOf(view, shown);
  const rows = shown.map((row) => columns.map(({ cell }) => cell(row)));
  const [titles, ...lines] = layOutTable(columns, rows, { width, paintTitles: style.quiet });
  const rest = shown.length < listed ? [style.quiet(moreOf(listed - shown.length, view, all))] : [];
  const quiet = healthy.size === 0 || isCompact && rest.length > 0
    ? []
    : theOthers(view, widthsOf(columns, rows), shown.length === 0);
  const lost = other.requests === 0 ? [] : [style.quiet(
    `  ${showCount(other.requests)} requests not surely of a row, ` +
      `${showCount(other.failed_requests)} of them failed`,
  )];
  const table = shown.length === 0 ? [] : [titles!, ...lines];
  return [...isCompact ? [] : [head], ...table, ...quiet, ...rest, ...lost];
}

interface EndpointColumn extends Column {
  cell(row: EndpointReport): Item;
}

function columnsOf({ style, sort }: View, shown: readonly EndpointReport[]): EndpointColumn[] {
  // Only of the rows that are shown: others would have to sum up their response times.
  const name = shown.map((row) => percentileOf(row)?.name).find((name) => name !== undefined);
  const times: EndpointColumn[] = name === undefined
    ? []
    : [{ title: name, cell: (row) => percentileOf(row)?.figure ?? "-" }];
  const extra: EndpointColumn[] = sort === "slow"
    ? [{ title: "slow", cell: (row) => showCount(row.slow_requests) }]
    : sort === "time"
    ? [{ title: "time", cell: ({ response_time: times }) => times ? showTime(times.total) : "-" }]
    : [];
  return [
    { title: "failed", cell: (row) => showCount(row.failed_requests) },
    { title: "requests", cell: (row) => showDoubted(row.requests, row.requests_error) },
    { title: "rate", cell: (row) => showPercent(row.error_rate) },
    ...extra,
    ...times,
    {
      title: "what fails",
      isText: true,
      cell: (row) => {
        const text = cutToWidth(whatFails(row), WHAT_WIDTH);
        const paint = row.failed_requests_5xx > 0 ? style.alarm : style.warning;
        return { text, paint: text === "" ? undefined : paint };
      },
    },
    { title: "endpoint", isText: true, cell: (row) => printableName(row.endpoint) },
  ];
}

/**
 * What most of the failures of an endpoint are: `PUT 500  48.7 %`, the share of those methods' requests that fail with
 * it. The share is left out where all requests are of those methods, as the error rate tells it.
 */
export function whatFails({ outcomes, requests, failed_requests: failed }: EndpointReport): string {
  const failing = outcomes.filter(({ status }) => status >= 400);
  const byStatus = [...Map.groupBy(failing, ({ status }) => status).values()];
  const sum = (kinds: readonly RouteReport[]) =>
    kinds.reduce((sum, kind) => sum + kind.requests, 0);
  const [most] = byStatus.sort((a, b) => sum(b) - sum(a));
  if (most === undefined) return "";
  const methods = most.map(({ method }) => method), count = sum(most);
  const asked = sum(outcomes.filter(({ method }) => methods.includes(method)));
  const others = byStatus.length - 1, isAll = asked === requests && count === failed;
  return `${methods.map(printableName).join(", ")} ${most[0]!.status}` +
    (others > 0 ? ` +${others}` : "") + (isAll ? "" : `  ${showPercent(count / asked)}`);
}

/** A line or two for all endpoints that never fail. */
function theOthers(
  { width, style, isCompact, endpoints: { healthy } }: View,
  widths: readonly number[],
  isAll: boolean,
): string[] {
  const { size, requests } = healthy, most = isCompact ? 1 : 2;
  const figures = ["0", showCount(requests), showPercent(0)];
  const cells = figures.map((figure, i) => isAll ? figure : figure.padStart(widths[i]!));
  const count = size === 1 ? "" : ` ${showCount(size)}`;
  const many = isAll ? `none of ${showCount(size)}` : `the other${count}`;
  const first = isAll ? `  ${many} fails: ` : `${cells.join("  ")}  ${many}: `;
  const indent = " ".repeat(isAll ? 2 : displayWidth(cells.join("  ")) + 2);
  const names = healthy.names.map(printableName);
  // As many names as fit on the lines that there are, and how many are left.
  for (let named = names.length; named > 0; named--) {
    const more = named < size ? [`${showCount(size - named)} more`] : [];
    const lines = fillLines([...names.slice(0, named), ...more], {
      ...{ width, gap: ", ", first, indent },
    });
    if (lines.length <= most) return lines;
  }
  return [style.quiet(cutToWidth(first.replace(/: $/, ""), width))];
}

function moreOf(
  more: number,
  { sort = "failed", endpoints: { healthy } }: View,
  all: number,
): string {
  const quiet = healthy.size > 0 ? `, ${showCount(healthy.size)} that never do` : "";
  const what = isByFailures(sort)
    ? `${showCount(more)} more that fail${quiet}`
    : `${showCount(more)} more`;
  return `  … and ${what}: --top ${all} shows all`;
}
