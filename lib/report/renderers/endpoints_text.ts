import { printableName } from "../printable.ts";
import type { EndpointReport, RouteReport } from "../report.ts";
import { cutToWidth, displayWidth } from "./display_width.ts";
import { showCount, showDoubted, showPercent, showTime } from "./figures.ts";
import { percentiles } from "./percentiles.ts";
import {
  type Column,
  fillLines,
  type Item,
  layOutTable,
  painted,
  widthsOf,
  withRightEnd,
} from "./text_layout.ts";
import { type EndpointOrder, rowsToShow } from "./text_options.ts";
import type { View } from "./view.ts";

/** How wide the column "what fails" becomes. */
const WHAT_WIDTH = 22;

/** By what rows are sorted, highest first, and what the title says of it. */
const ORDERS: Readonly<
  Record<EndpointOrder, readonly [title: string, of: (row: EndpointReport) => number]>
> = {
  failed: ["most failures first", (row) => row.failed_requests],
  rate: ["highest error rate first", (row) => row.error_rate],
  requests: ["busiest first", (row) => row.requests],
  slow: ["most slow requests first", (row) => row.slow_requests],
  p95: ["slowest first", (row) => percentileOf(row)?.ms ?? -1],
  time: ["most time in all first", (row) => row.response_time?.total ?? -1],
};

/** The error rate of each endpoint. Where they are sorted by failures, those that never fail share one line. */
export function errorRates(view: View): string[] {
  const { report, style, top, sort = "failed", width, isCompact } = view;
  const { endpoints, endpoints_other: other } = report, name = "Error rate of each endpoint";
  if (endpoints.length === 0) return [`${style.title(name)}  none`];
  const [title, of] = ORDERS[sort];
  // A percentile takes long to look up.
  const all = Array.from(endpoints, (row) => ({ row, figure: of(row) }))
    .sort((a, b) => b.figure - a.figure || byFailures(a.row, b.row))
    .map(({ row }) => row);
  const failing = all.filter((row) => row.failed_requests > 0);
  const isByFailures = sort === "failed" || sort === "rate";
  const listed = isByFailures ? failing : all;
  const shown = listed.slice(0, rowsToShow(listed.length, top));
  const healthy = isByFailures ? all.slice(failing.length) : [];
  const head = withRightEnd(
    { text: `${name}  ${title}`, paint: (text) => style.title(name) + text.slice(name.length) },
    `${showCount(failing.length)} of ${showCount(all.length)} fail`,
    width,
  )!;
  const columns = columnsOf(view, shown);
  const rows = shown.map((row) => columns.map(({ cell }) => cell(row)));
  const layout = { width, paintTitles: style.quiet };
  const [titles, ...lines] = layOutTable(columns, rows, layout);
  const rest = shown.length < listed.length
    ? [style.quiet(moreOf(listed.length - shown.length, healthy.length, view, all.length))]
    : [];
  const quiet = healthy.length === 0 || isCompact && rest.length > 0
    ? []
    : theOthers(healthy, widthsOf(columns, rows), view, shown.length === 0);
  const lost = other.requests === 0 ? [] : [style.quiet(
    `  ${showCount(other.requests)} requests not surely of a row, ` +
      `${showCount(other.failed_requests)} of them failed`,
  )];
  const table = shown.length === 0 ? [] : [titles!, ...lines];
  return [...isCompact ? [] : [head], ...table, ...quiet, ...rest, ...lost];
}

function byFailures(a: EndpointReport, b: EndpointReport): number {
  return b.failed_requests - a.failed_requests || b.error_rate - a.error_rate;
}

interface EndpointColumn extends Column {
  cell(row: EndpointReport): Item;
}

function columnsOf({ style, sort }: View, shown: readonly EndpointReport[]): EndpointColumn[] {
  // Only of the rows that are shown: thousands of others would have to sum up their response times.
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

/** The percentile that is shown of an endpoint: the 95th, or else the highest. */
function percentileOf(row: EndpointReport): ReturnType<typeof percentiles>[number] | undefined {
  const all = percentiles(row.response_time);
  return all.find(({ name }) => name === "p95") ?? all.at(-1);
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

/** One line for all endpoints that never fail. */
function theOthers(
  healthy: readonly EndpointReport[],
  widths: readonly number[],
  { width, style, isCompact }: View,
  isAll: boolean,
): string[] {
  const requests = healthy.reduce((sum, row) => sum + row.requests, 0);
  const figures = ["0", showCount(requests), showPercent(0)];
  const cells = figures.map((figure, i) => isAll ? figure : figure.padStart(widths[i]!));
  const count = healthy.length === 1 ? "" : ` ${showCount(healthy.length)}`;
  const many = isAll ? `none of ${showCount(healthy.length)}` : `the other${count}`;
  const first = isAll ? `  ${many} fails: ` : `${cells.join("  ")}  ${many}: `;
  const indent = " ".repeat(isAll ? 2 : displayWidth(cells.join("  ")) + 2);
  const names = healthy.map(({ endpoint }) => printableName(endpoint));
  const lines = fillLines(names, { width, gap: ", ", first, indent });
  const most = isCompact ? 1 : 2;
  if (lines.length <= most) return lines;
  // As many names as fit on the lines that there are, and how many are left.
  for (let count = Math.min(names.length, 20); count > 0; count--) {
    const some = [...names.slice(0, count), `${showCount(names.length - count)} more`];
    const fewer = fillLines(some, { width, gap: ", ", first, indent });
    if (fewer.length <= most) return fewer.map((line) => painted({ text: line, paint: undefined }));
  }
  return [style.quiet(cutToWidth(first.replace(/: $/, ""), width))];
}

function moreOf(failing: number, healthy: number, { sort = "failed" }: View, all: number): string {
  const isByFailures = sort === "failed" || sort === "rate";
  const more = isByFailures
    ? `${showCount(failing)} more that fail${
      healthy > 0 ? `, ${showCount(healthy)} that never do` : ""
    }`
    : `${showCount(failing)} more`;
  return `  … and ${more}: --top ${all} shows all`;
}
