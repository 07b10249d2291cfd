/** A value to be written as JSON. A map keeps the order of its keys; an object moves keys like `7` to the front. */
type Json =
  | string
  | number
  | null
  | readonly Json[]
  | ReadonlyMap<string, Json>
  | { readonly [key: string]: Json };

interface Request {
  readonly method: string;
  readonly endpoint: string;
  readonly status: number;
  readonly ip: string;
  readonly durationUs: bigint | null;
  readonly timeUs: bigint;
}

const REASONS = [
  "not_json",
  "not_object",
  "missing_field",
  "bad_type",
  "bad_status",
  "bad_timestamp",
  "bad_response_time",
] as const;
type Reason = typeof REASONS[number];

const FIRST_US = toMicros(Temporal.Instant.from("1684-07-29T00:00:00Z"));
const LAST_US = toMicros(Temporal.Instant.from("2255-06-04T23:59:59.999999Z"));

/** What the figures depend on. */
interface NaiveOptions {
  readonly windowUs: bigint;
  readonly suspiciousOver: number;
  readonly slowOverUs?: bigint;
}

/**
 * Renders the JSON report on a log in the plainest way: the whole input in memory, one loop for each
 * figure. It shares no code with what it is compared with.
 *
 * @param input The log.
 * @param options `windowUs`: the length of a window in µs; `suspiciousOver`: the number of requests in a window
 * above which an IP is suspicious; `slowOverUs`: the response time in µs above which a request is slow.
 * @returns The report, without a newline at the end.
 */
export function renderNaiveReport(
  input: Uint8Array,
  { windowUs, suspiciousOver, slowOverUs = 1_000_000n }: NaiveOptions,
): string {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input);
  const lines = text.split("\n").map((line) => line.replace(/^\uFEFF/, ""));
  if (lines.at(-1) === "") lines.pop();
  const parsed = lines.filter((line) => /[^ \t\r]/.test(line)).map(parseLine);
  const reasons = parsed.filter((result) => typeof result === "string");
  const requests = parsed.filter((result) => typeof result !== "string");
  const targeted = requests.filter(({ endpoint }) => isTarget(endpoint));
  const known = requests.filter(isOfClient);
  const inOrder = requests.map(({ timeUs }) => timeUs).sort(compareBigInts);
  const isSlow = ({ durationUs }: Request) => durationUs !== null && durationUs > slowOverUs;
  const slowOf = (group: readonly Request[]) => group.filter(isSlow).length;
  const endpoints = listEndpoints(targeted, slowOf);
  const windows = [...Map.groupBy(requests, ({ timeUs }) => toWindow(timeUs, windowUs))]
    .sort(([a], [b]) => compareBigInts(a, b));
  const [busiest] = endpoints;
  const counts = count(requests);
  return render({
    report: "http-log-report/1",
    options: {
      window_seconds: Number(windowUs) / 1e6,
      suspicious_over: suspiciousOver,
      slow_over_ms: Number(slowOverUs) / 1000,
      timeline_step_seconds: Number(windowUs) / 1e6,
    },
    input: {
      lines: lines.length,
      records: requests.length,
      rejected: reasons.length,
      blank: lines.length - parsed.length,
      context: 0,
      filtered: 0,
      rejected_by_reason: new Map(
        REASONS.filter((reason) => reasons.includes(reason))
          .map((reason) => [reason, reasons.filter((other) => other === reason).length]),
      ),
      without_endpoint: requests.length - targeted.length,
      without_client: requests.length - known.length,
      assumed_zone: 0,
      bytes: input.length,
      first_timestamp: toIso(inOrder.at(0)),
      last_timestamp: toIso(inOrder.at(-1)),
    },
    total_requests: requests.length,
    successful_requests: requests.length - counts.failed_requests,
    ...counts,
    slow_requests: slowOf(requests),
    fastest_endpoint: findExtreme(targeted, 1n),
    slowest_endpoint: findExtreme(targeted, -1n),
    busiest_endpoint: busiest ? { endpoint: busiest.endpoint, requests: busiest.requests } : null,
    worst_window: findWorstWindow(windows, { windowUs, suspiciousOver, slowOf }),
    slowest_window: findSlowestWindow(windows, windowUs, slowOf),
    suspicious_ips: listSuspicious(windows, suspiciousOver),
    endpoints,
    endpoints_other: { requests: 0, failed_requests: 0, slow_requests: 0 },
    response_time: summarize(requests),
    response_time_steps: summarizeSteps(requests, windowUs).steps,
    clients: listClients(known),
    statuses: tally(requests.map(({ status }) => String(status))),
    methods: tally(requests.map(({ method }) => method)),
    timeline: windows.map(([start, group]) => ({
      start: toWindowIso(start),
      total_requests: group.length,
      ...count(group),
      slow_requests: slowOf(group),
    })),
    accuracy: judge(requests, targeted, summarizeSteps(requests, windowUs).groups),
  }, "");
}

function parseLine(line: string): Request | Reason {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "not_json";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not_object";
  const fields = new Map<string, unknown>(Object.entries(value));
  const required = ["method", "endpoint", "status_code", "ip", "timestamp"];
  if (required.some((name) => !fields.has(name))) return "missing_field";
  const [method, endpoint, status, ip, timestamp] = required.map((name) => fields.get(name));
  const duration = fields.get("response_time") ?? null;
  const agent = fields.get("user_agent") ?? "";
  if (
    typeof method !== "string" || typeof endpoint !== "string" || typeof ip !== "string" ||
    typeof timestamp !== "string" || typeof agent !== "string" ||
    (typeof status !== "string" && typeof status !== "number") ||
    (duration !== null && typeof duration !== "number")
  ) return "bad_type";
  if (!/^[1-9][0-9][0-9]$/.test(String(status))) return "bad_status";
  const timeUs = parseTimestamp(timestamp);
  if (timeUs === null) return "bad_timestamp";
  if (duration !== null && (duration < 0 || duration > 1e12)) return "bad_response_time";
  return {
    method: method.toWellFormed(),
    endpoint: endpoint.toWellFormed(),
    status: Number(status),
    ip: ip.toWellFormed(),
    durationUs: duration === null ? null : BigInt(Math.round(duration * 1000)),
    timeUs,
  };
}

function parseTimestamp(text: string): bigint | null {
  const pattern = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(\.\d{1,9})?([Zz]|[+-]\d\d:?\d\d)?$/;
  const [match, date, minute, second, fraction = "", zone = "Z"] = pattern.exec(text) ?? [];
  if (match === undefined) return null;
  const plain = `${date}T${minute}:${second === "60" ? "59" : second}`;
  try {
    const instant = Temporal.Instant.from(`${plain}${fraction.slice(0, 7)}${zone.toUpperCase()}`);
    const timeUs = toMicros(second === "60" ? instant.add({ seconds: 1 }) : instant);
    return timeUs < FIRST_US || timeUs > LAST_US ? null : timeUs;
  } catch {
    return null;
  }
}

type CountSlow = (group: readonly Request[]) => number;

function listEndpoints(requests: readonly Request[], slowOf: CountSlow) {
  return [...Map.groupBy(requests, ({ endpoint }) => endpoint)].map(([endpoint, group]) => ({
    endpoint,
    requests: group.length,
    ...count(group),
    slow_requests: slowOf(group),
    error_rate: count(group).failed_requests / group.length,
    response_time: summarize(group),
    response_time_successful: summarize(group.filter(({ status }) => status < 400)),
    response_time_failed: summarize(group.filter(({ status }) => status >= 400)),
    outcomes: listOutcomes(group),
    outcomes_other: 0,
  })).sort((a, b) => b.requests - a.requests || compareCodePoints(a.endpoint, b.endpoint));
}

function listOutcomes(requests: readonly Request[]): Json {
  const kinds = Map.groupBy(requests, ({ method, status }) => JSON.stringify([method, status]));
  return [...kinds.values()].map((group) => ({
    method: group[0]!.method,
    status: group[0]!.status,
    requests: group.length,
  })).sort((a, b) =>
    b.requests - a.requests || compareCodePoints(a.method, b.method) || a.status - b.status
  );
}

function listClients(requests: readonly Request[]): Json {
  const clients = countClients(requests);
  return { distinct: clients.length, top: clients.slice(0, 100) };
}

function countClients(requests: readonly Request[]) {
  return [...Map.groupBy(requests.filter(isOfClient), ({ ip }) => ip)].map(([ip, group]) => ({
    ip,
    requests: group.length,
    failed_requests: count(group).failed_requests,
  })).sort((a, b) => b.requests - a.requests || compareCodePoints(a.ip, b.ip));
}

function listFailedEndpoints(requests: readonly Request[]): Json {
  const failed = requests.filter(({ endpoint, status }) => isTarget(endpoint) && status >= 400);
  const endpoints = [...Map.groupBy(failed, ({ endpoint }) => endpoint)]
    .map(([endpoint, group]) => ({ endpoint, failed_requests: group.length }))
    .sort((a, b) =>
      b.failed_requests - a.failed_requests || compareCodePoints(a.endpoint, b.endpoint)
    );
  return { distinct: endpoints.length, top: endpoints.slice(0, 10) };
}

function isTarget(endpoint: string): boolean {
  return !/^-?$|\p{Cc}/u.test(endpoint);
}

function isOfClient({ ip }: Request): boolean {
  return ip !== "" && ip !== "-";
}

type Windows = readonly (readonly [bigint, readonly Request[]])[];

function findWorstWindow(
  windows: Windows,
  { windowUs, suspiciousOver, slowOf }: NaiveOptions & { readonly slowOf: CountSlow },
): Json {
  const failures = windows.map(([, group]) => count(group).failed_requests);
  const most = failures.reduce((a, b) => Math.max(a, b), 0);
  const worst = windows[failures.indexOf(most)];
  if (most === 0 || worst === undefined) return null;
  const [start, group] = worst;
  const clients = countClients(group).filter(({ requests }) => requests > suspiciousOver);
  return {
    start: toWindowIso(start),
    end: toWindowIso(start + windowUs),
    total_requests: group.length,
    ...count(group),
    slow_requests: slowOf(group),
    failed_endpoints: listFailedEndpoints(group),
    suspicious_ips: clients.map(({ ip }) => ip).sort(compareCodePoints),
    suspicious_clients: clients,
  };
}

function findSlowestWindow(windows: Windows, windowUs: bigint, slowOf: CountSlow): Json {
  const slow = windows.map(([, group]) => slowOf(group));
  const most = slow.reduce((a, b) => Math.max(a, b), 0);
  const slowest = windows[slow.indexOf(most)];
  if (most === 0 || slowest === undefined) return null;
  const [start, group] = slowest;
  return {
    start: toWindowIso(start),
    end: toWindowIso(start + windowUs),
    total_requests: group.length,
    ...count(group),
    slow_requests: most,
    mean_response_time: summarize(group)!.mean,
  };
}

function listSuspicious(windows: Windows, suspiciousOver: number): Json {
  const over = windows.flatMap(([start, group]) =>
    [...Map.groupBy(group.filter(isOfClient), ({ ip }) => ip)].map(([ip, own]) => ({
      ip,
      start,
      size: own.length,
    }))
  ).filter(({ size }) => size > suspiciousOver);
  const all = new Map(
    countClients(windows.flatMap(([, group]) => group)).map((client) => [client.ip, client]),
  );
  return [...Map.groupBy(over, ({ ip }) => ip)].map(([ip, own]) => ({
    ip,
    peak_requests: Math.max(...own.map(({ size }) => size)),
    windows: own.length,
    first_window: toWindowIso(own[0]?.start ?? 0n),
    total_requests: all.get(ip)!.requests,
    failed_requests: all.get(ip)!.failed_requests,
  })).sort((a, b) => b.peak_requests - a.peak_requests || compareCodePoints(a.ip, b.ip));
}

function findExtreme(requests: readonly Request[], sign: 1n | -1n): Json {
  const timed = requests.flatMap((request) =>
    request.durationUs === null ? [] : [{ ...request, durationUs: request.durationUs }]
  ).sort((a, b) =>
    compareBigInts(sign * a.durationUs, sign * b.durationUs) ||
    compareBigInts(a.timeUs, b.timeUs) ||
    compareCodePoints(a.endpoint, b.endpoint) ||
    compareCodePoints(a.method, b.method)
  );
  if (timed[0] === undefined) return null;
  const { endpoint, method, durationUs, timeUs } = timed[0];
  return { endpoint, method, response_time: toMs(durationUs), timestamp: toIso(timeUs) };
}

function count(requests: readonly Request[]) {
  return {
    failed_requests: requests.filter(({ status }) => status >= 400).length,
    failed_requests_4xx: requests.filter(({ status }) => status >= 400 && status <= 499).length,
    failed_requests_5xx: requests.filter(({ status }) => status >= 500 && status <= 599).length,
  };
}

function summarize(requests: readonly Request[]) {
  const times = requests.map(({ durationUs }) => durationUs).filter((time) => time !== null)
    .sort(compareBigInts);
  const [min] = times;
  const max = times.at(-1);
  if (min === undefined || max === undefined) return null;
  const size = BigInt(times.length);
  const total = times.reduce((sum, time) => sum + time, 0n);
  return {
    count: times.length,
    min: toMs(min),
    mean: toMs((2n * total + size) / (2n * size)),
    ...Object.fromEntries(
      // By nearest rank: the smallest time that at least `p` percent of all times do not exceed.
      [50, 90, 95, 99].map((p) => [`p${p}`, toMs(times[Math.ceil(p * times.length / 100) - 1]!)]),
    ),
    max: toMs(max),
    total: toMs(total),
  };
}

/** Of the steps of 1, 2, 4, … windows: the shortest of which at most 64 have a response time. */
function summarizeSteps(requests: readonly Request[], windowUs: bigint) {
  const timed = requests.filter(({ durationUs }) => durationUs !== null);
  for (let stepUs = windowUs;; stepUs *= 2n) {
    const groups = [...Map.groupBy(timed, ({ timeUs }) => toWindow(timeUs, stepUs))]
      .sort(([a], [b]) => compareBigInts(a, b));
    if (groups.length > 64) continue;
    const steps = groups.map(([start, group]) => ({
      start: toWindowIso(start),
      response_time: summarize(group)!,
    }));
    return {
      steps: { step_seconds: Number(stepUs) / 1e6, steps },
      groups: groups.map(([, group]) => group),
    };
  }
}

/** Percentiles of up to 32 times are exact, those of more are within 1 %. */
function judge(
  requests: readonly Request[],
  targeted: readonly Request[],
  steps: readonly (readonly Request[])[],
): Json {
  const within = { kind: "relative", bound: 0.01 };
  const isEstimated = (group: readonly Request[]) =>
    group.filter(({ durationUs }) => durationUs !== null).length > 32;
  const groups = Map.groupBy(targeted, ({ endpoint }) => endpoint).values();
  return {
    ...([...groups].some(isEstimated) ? { "endpoints.response_time.percentiles": within } : {}),
    ...(isEstimated(requests) ? { "response_time.percentiles": within } : {}),
    ...(steps.some(isEstimated) ? { "response_time_steps.percentiles": within } : {}),
  };
}

function tally(words: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    [...Map.groupBy(words, (word) => word)].map(([word, same]) => [word, same.length] as const)
      .sort(([a], [b]) => compareCodePoints(a, b)),
  );
}

function toWindow(timeUs: bigint, windowUs: bigint): bigint {
  return timeUs - ((timeUs % windowUs) + windowUs) % windowUs;
}

function toMicros(instant: Temporal.Instant): bigint {
  return instant.epochNanoseconds / 1000n;
}

function toIso(timeUs: bigint | undefined): string | null {
  if (timeUs === undefined) return null;
  const instant = Temporal.Instant.fromEpochNanoseconds(timeUs * 1000n);
  return instant.toString({ fractionalSecondDigits: 6 });
}

function toWindowIso(timeUs: bigint): string {
  return (toIso(timeUs) ?? "").replace(".000000", "");
}

function toMs(durationUs: bigint): number {
  return Number(durationUs) / 1000;
}

function compareBigInts(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareCodePoints(a: string, b: string): number {
  const [x, y] = [a, b].map((text) =>
    Array.from(text, (char) => (char.codePointAt(0) ?? 0).toString(16).padStart(6, "0")).join("")
  ) as [string, string];
  return x < y ? -1 : x > y ? 1 : 0;
}

function render(value: Json, indent: string): string {
  if (typeof value !== "object" || value === null) return safe(JSON.stringify(value));
  const isList = Array.isArray(value);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const items = entries.map(([key, item]) =>
    `${indent}  ${isList ? "" : `${safe(JSON.stringify(key))}: `}${render(item, `${indent}  `)}`
  );
  const [open, close] = isList ? "[]" : "{}";
  return items.length === 0
    ? `${open}${close}`
    : `${open}\n${items.join(",\n")}\n${indent}${close}`;
}

/** Escapes characters that a terminal may obey, and those that reorder text. */
function safe(json: string): string {
  const isUnsafe = (code: number) =>
    code >= 0x7F && code < 0xA0 || [0x61C, 0x200E, 0x200F].includes(code) ||
    code >= 0x2028 && code <= 0x202E || code >= 0x2066 && code <= 0x2069;
  return json.split("").map((unit) =>
    isUnsafe(unit.charCodeAt(0)) ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}` : unit
  ).join("");
}
