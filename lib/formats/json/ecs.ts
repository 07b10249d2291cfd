import type { JsonFormat, JsonKey } from "./json_description.ts";

const REQUEST: readonly JsonKey[] = [
  { to: "method", at: "http.request.method_original" },
  { to: "method", at: "http.request.method" },
  { to: "method", at: "http.method" },
  { to: "method", at: "req.method" },
  { to: "endpoint", at: "url.original" },
  { to: "endpoint", at: "http.target" },
  { to: "endpoint", at: "url.path" },
  { to: "endpoint", at: "url.full" },
  { to: "endpoint", at: "http.url" },
  { to: "endpoint", at: "req.url" },
  { to: "query", at: "url.query" },
  { to: "status", at: "http.response.status_code" },
  { to: "status", at: "http.status_code" },
  { to: "ip", at: "client.ip" },
  { to: "ip", at: "source.ip" },
  { to: "ip", at: "client.address" },
  { to: "ip", at: "source.address" },
  { to: "ip", at: "http.client_ip" },
  { to: "ip", at: "network.peer.address" },
  { to: "ip", at: "net.sock.peer.addr" },
  { to: "ip", at: "req.remoteAddress" },
  { to: "userAgent", at: "user_agent.original" },
  { to: "userAgent", at: "http.user_agent.original" },
  { to: "userAgent", at: "http.user_agent" },
];
const TIMES: readonly JsonKey[] = [
  { to: "timestamp", at: "@timestamp" },
  { to: "timestamp", at: "timestamp" },
  { to: "timestamp", at: "time" },
  { to: "timestamp", at: "timeUnixNano", unit: "ns" },
];

/** The Simple Schema for Observability of OpenSearch: that of ECS, with its own names for the client. */
export const SS4O: JsonFormat = {
  name: "ss4o",
  of: "OpenSearch's Simple Schema for Observability",
  when: [{ at: "http.response.status_code" }],
  any: [[{ at: "communication" }, { at: "event.domain" }]],
  keys: [
    { to: "ip", at: "communication.source.ip" },
    { to: "ip", at: "communication.source.address" },
    ...REQUEST,
    ...TIMES,
  ],
  sample: '{"@timestamp":"2026-11-25T18:00:00.000Z","event":{"domain":"nginx.access"},' +
    '"http":{"request":{"method":"GET"},"response":{"status_code":"200"},"url":"/a"},' +
    '"communication":{"source":{"address":"192.0.2.7"}},"body":"…"}',
};

/** The Elastic Common Schema, its keys nested or with points. */
export const ECS: JsonFormat = {
  name: "ecs",
  of: "loggers with the Elastic Common Schema",
  when: [{ at: "http.response.status_code" }],
  keys: [
    ...REQUEST,
    // Others write milliseconds with decimals there.
    { to: "responseTime", at: "event.duration", unit: "ns", decimals: 0 },
    { to: "responseTime", at: "http.server.request.duration", unit: "s" },
    { to: "responseTime", at: "responseTime", unit: "ms" },
    ...TIMES,
  ],
  sample: '{"@timestamp":"2026-11-25T18:00:00.123Z","http":{"request":{"method":"GET"},' +
    '"response":{"status_code":200}},"url":{"path":"/a"},"client":{"ip":"192.0.2.7"},' +
    '"event":{"duration":12345000},"user_agent":{"original":"curl/8.9.1"}}',
};

/** Log records of OpenTelemetry, with its conventions of today or those before. */
export const OPEN_TELEMETRY: JsonFormat = {
  name: "otel",
  of: "OpenTelemetry, one log record a line",
  when: [],
  any: [[
    { at: "attributes.http.response.status_code" },
    { at: "attributes.http.status_code" },
    { at: "http.status_code" },
  ]],
  keys: [
    ...REQUEST.map((key) => ({ ...key, at: `attributes.${key.at}` })),
    ...REQUEST,
    { to: "responseTime", at: "attributes.http.server.request.duration", unit: "s" },
    ...TIMES,
  ],
  sample: '{"timeUnixNano":"1795629600123456000","attributes":{"http.request.method":"GET",' +
    '"http.response.status_code":200,"url.path":"/a","client.address":"192.0.2.7"}}',
};
