import type { JsonFormat, JsonKey, JsonTarget } from "./json_description.ts";

/** Names of keys by what they tell, the surest first. */
const NAMES: readonly (readonly [JsonTarget, string])[] = [
  ["method", "request_method method verb http_method requestMethod httpMethod req.method"],
  ["method", "request.method cs-method RequestMethod"],
  ["endpoint", "request_uri uri url request_path path target endpoint originalUrl request_url"],
  ["endpoint", "request.uri request.url request.path req.url http.url requestUri cs-uri-stem"],
  ["query", "args query_string query cs-uri-query"],
  ["request", "request request_line requestline requestLine http_request"],
  ["status", "status status_code statusCode response_code response_status http_status code"],
  ["status", "sc-status res.statusCode response.status response.status_code"],
  ["ip", "remote_addr client_ip clientip clientIp client_addr ip remote_ip remoteAddr remoteip"],
  ["ip", "remote_address remoteAddress source_ip src_ip client c-ip realip_remote_addr"],
  ["ip", "request.client_ip request.remote_ip req.remoteAddress x_forwarded_for"],
  ["ip", "http_x_forwarded_for"],
  ["userAgent", "http_user_agent user_agent userAgent agent ua useragent"],
  ["timestamp", "time_iso8601 @timestamp timestamp time_local time msec ts datetime start_time"],
  ["timestamp", "date"],
];
/** Keys whose name tells the unit of a duration. */
const DURATIONS = [
  ["ms", "response_time_ms duration_ms latency_ms elapsed_ms request_time_ms took_ms"],
  ["ms", "durationMs latencyMs elapsedMs responseTimeMs"],
  ["us", "response_time_us duration_us latency_us elapsed_us request_time_us"],
  ["ns", "response_time_ns duration_ns latency_ns elapsed_ns"],
  ["s", "request_time_s duration_s duration_sec duration_seconds latency_s"],
] as const;
/** Keys that nginx's times go by: it writes seconds with three decimals. */
const NGINX = "request_time response_time responsetime reqtime upstream_response_time duration";

const split = (names: string) => names.split(" ");

/** Keys by which hand-made JSON of a server is read. */
export const PLAIN_KEYS: readonly JsonKey[] = [
  ...NAMES.flatMap(([to, names]) => split(names).map((at): JsonKey => ({ to, at }))),
  ...["host", "remote_host"].map((at): JsonKey => ({ to: "ip", at, isAddress: true })),
  ...DURATIONS.flatMap(([unit, names]) =>
    split(names).map((at): JsonKey => ({ to: "responseTime", at, unit }))
  ),
  ...split(NGINX).map((at): JsonKey => ({ to: "responseTime", at, unit: "s", decimals: 3 })),
];

const at = (...targets: readonly JsonTarget[]) =>
  PLAIN_KEYS.filter(({ to }) => targets.includes(to)).map(({ at }) => ({ at }));

/** JSON that somebody made in a template of nginx, Apache or another server: its keys are guessed by their names. */
export const PLAIN_JSON: JsonFormat = {
  name: "json",
  of: "templates of nginx and Apache that are JSON",
  when: [],
  any: [at("status"), at("method", "request")],
  keys: PLAIN_KEYS,
  sample: '{"time_iso8601":"2026-11-25T18:00:00+00:00","remote_addr":"192.0.2.7",' +
    '"request_method":"GET","request_uri":"/a","status":"200","request_time":"0.012",' +
    '"http_user_agent":"curl/8.9.1"}',
};
