import { printableName } from "../printable.ts";
import { showCount, showDoubted, showNoun, showPercent, showTime } from "./figures.ts";
import type { SelectedIps } from "./selection.ts";
import { fillLines, type Item, layOutTable } from "./text_layout.ts";
import { inBrackets, rowsToShow } from "./text_options.ts";
import type { View } from "./view.ts";

const LABEL = 16;
/** How many endpoints and clients a line names at most. */
const NAMED = 10;

/** The window with most failures, and the one with most slow requests. */
export function windows(view: View): string[] {
  return [...worstWindow(view), ...slowestWindow(view)];
}

function worstWindow({ report, dates, style, width, isCompact }: View): string[] {
  const { worst_window: window, accuracy } = report, label = style.title("Worst window") + "    ";
  if (window === null) return [`${label}none: nothing failed`];
  const doubted = accuracy["worst_window"]?.bound;
  const lacking = accuracy["worst_window.total_requests"]?.bound;
  const figures: Item[] = [
    dates.range(window.start, window.end),
    `${showDoubted(window.total_requests, lacking)} request${
      window.total_requests === 1 ? "" : "s"
    }`,
    {
      text: `4xx ${showDoubted(window.failed_requests_4xx, doubted)}`,
      paint: over0(window.failed_requests_4xx, style.warning),
    },
    {
      text: `5xx ${showDoubted(window.failed_requests_5xx, doubted)}`,
      paint: over0(window.failed_requests_5xx, style.alarm),
    },
    showPercent(window.failed_requests / window.total_requests),
  ];
  const indent = " ".repeat(LABEL), within = { width: width - LABEL, gap: ", " };
  const { failed_endpoints: failed, suspicious_clients: clients } = window;
  const endpoints = failed.top.map(({ endpoint, failed_requests, failed_requests_error: error }) =>
    `${printableName(endpoint)} ${showDoubted(failed_requests, error)}`
  );
  const asked = clients.map(({ ip, requests, requests_error: error }) =>
    `${printableName(ip)} ${showDoubted(requests, error)}`
  );
  const lines = [
    ...isCompact || endpoints.length === 0 ? [] : onOneLine(endpoints, failed.distinct, within),
    ...onOneLine(asked, asked.length, {
      ...within,
      first: `suspicious IPs ${showCount(asked.length)}`,
    }),
  ];
  const [head, ...rest] = fillLines(figures, { width: width - LABEL, gap: "  " });
  return [label + head, ...[...rest, ...lines].map((line) => indent + line)];
}

function slowestWindow({ report, dates, style, reasons, width }: View): string[] {
  const { slowest_window: window, accuracy } = report, label = style.title("Slowest window") + "  ";
  if (window === null) {
    const why = report.response_time === null
      ? `none ${inBrackets(reasons?.responseTimes)}`.trimEnd()
      : `none: nothing above ${showTime(report.options.slow_over_ms)}`;
    return [`${label}${why}`];
  }
  const bound = accuracy["slowest_window"]?.bound;
  const figures = [
    dates.range(window.start, window.end),
    showNoun(window.total_requests, "request"),
    `slow ${showDoubted(window.slow_requests, bound)}`,
    showPercent(window.slow_requests / window.total_requests),
    `mean ${showTime(window.mean_response_time)}`,
  ];
  const [head, ...rest] = fillLines(figures, { width: width - LABEL, gap: "  " });
  return [label + head, ...rest.map((line) => " ".repeat(LABEL) + line)];
}

/** The clients that were over the limit in some window. */
export function suspiciousIps(view: View): string[] {
  const { report, style, top, reasons, width, isCompact, ips: selected } = view;
  const { suspicious_ips: ips, clients, options, accuracy } = report;
  const title = style.title("Suspicious IPs");
  const distinct = showDoubted(clients.distinct, accuracy["clients.distinct"]?.bound);
  const of = `${distinct} client${clients.distinct === 1 ? "" : "s"}`;
  const limit = `above ${showNoun(options.suspicious_over, "request")} in a window`;
  if (clients.distinct === 0) return [`${title}  none ${inBrackets(reasons?.clients)}`.trimEnd()];
  if (ips.length === 0) return [`${title}  none of ${of}, ${limit}`];
  const shown = selected.rows.slice(0, rowsToShow(ips.length, top));
  const head = `${title}  ${showCount(ips.length)} of ${of}`;
  if (isCompact) {
    const named = shown.map((client) =>
      `${printableName(client.ip)} peak ${
        showDoubted(client.peak_requests, client.peak_requests_error)
      }`
    );
    const first = `Suspicious IPs  ${showCount(ips.length)} of ${of}`;
    const [line] = onOneLine(named, ips.length, { width, gap: ", ", first });
    return [title + line!.slice("Suspicious IPs".length)];
  }
  const columns = [
    { title: "peak" },
    { title: "windows" },
    { title: "requests" },
    { title: "failed" },
    { title: "first window" },
    { title: "IP", isText: true },
  ];
  const rows = shown.map((client) => [
    showDoubted(client.peak_requests, client.peak_requests_error),
    showDoubted(client.windows, client.windows_in_doubt),
    client.total_requests === null ? "?" : showCount(client.total_requests),
    client.total_requests === null
      ? "?"
      : showPercent(client.failed_requests! / client.total_requests),
    view.dates.instant(client.first_window),
    printableName(client.ip),
  ]);
  const left = ips.length - shown.length;
  return [
    `${head}, ${limit}`,
    ...layOutTable(columns, rows, { width, paintTitles: style.quiet }),
    ...left === 0
      ? []
      : [style.quiet(`  … and ${showCount(left)} more${peaksOf(selected, shown.length)}`)],
  ];
}

/** The peaks of the clients that are not shown; nothing if they are not known. */
function peaksOf({ rows, lastPeak }: SelectedIps, shown: number): string {
  if (lastPeak === undefined) return "";
  return `, peaks ${showCount(lastPeak)} – ${showCount(rows[shown]!.peak_requests)}`;
}

/** As many items as fit on one line, and how many more there are. */
function onOneLine(
  items: readonly string[],
  all: number,
  { width, gap, first = "" }: {
    readonly width: number;
    readonly gap: string;
    readonly first?: string;
  },
): string[] {
  const start = first === "" ? "" : `${first}: `;
  for (let count = Math.min(items.length, NAMED); count > 0; count--) {
    const more = all - count;
    const listed = [...items.slice(0, count), ...more > 0 ? [`${showCount(more)} more`] : []];
    const lines = fillLines(listed, { width, gap, first: start });
    if (lines.length === 1 || count === 1) return lines.slice(0, 1);
  }
  return [first];
}

function over0(
  count: number,
  paint: (text: string) => string,
): ((text: string) => string) | undefined {
  return count > 0 ? paint : undefined;
}
