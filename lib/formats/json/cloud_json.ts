import type { JsonFormat, JsonKey } from "./json_description.ts";

/** Google Cloud Logging. */
export const GOOGLE_CLOUD: JsonFormat = {
  name: "gcp",
  of: "Google Cloud Logging: entries with an httpRequest",
  when: [{ at: "httpRequest" }],
  needs: ["httpRequest.status"],
  keys: [
    { to: "method", at: "httpRequest.requestMethod" },
    { to: "endpoint", at: "httpRequest.requestUrl" },
    { to: "status", at: "httpRequest.status" },
    { to: "ip", at: "httpRequest.remoteIp" },
    { to: "responseTime", at: "httpRequest.latency" },
    { to: "userAgent", at: "httpRequest.userAgent" },
    { to: "timestamp", at: "timestamp" },
    { to: "timestamp", at: "time" },
  ],
  sample: '{"httpRequest":{"requestMethod":"GET","requestUrl":"https://example.com/a",' +
    '"status":200,"remoteIp":"192.0.2.7","latency":"0.012345s","userAgent":"curl/8.9.1"},' +
    '"timestamp":"2026-11-25T18:00:00.123456Z"}',
};

const AZURE: readonly JsonKey[] = [
  { to: "method", at: "properties.httpMethod" },
  { to: "endpoint", at: "properties.originalRequestUriWithArgs" },
  { to: "endpoint", at: "properties.requestUri" },
  { to: "status", at: "properties.httpStatus" },
  { to: "status", at: "properties.httpStatusCode" },
  { to: "ip", at: "properties.clientIP" },
  { to: "ip", at: "properties.clientIp" },
  { to: "ip", at: "properties.socketIp" },
  { to: "userAgent", at: "properties.userAgent" },
  { to: "timestamp", at: "timeStamp" },
  { to: "timestamp", at: "time" },
];

/** Azure Application Gateway v1, whose requestQuery is about the server. */
export const AZURE_GATEWAY_1: JsonFormat = {
  name: "azure-gateway-v1",
  of: "Azure Application Gateway v1",
  when: [
    { at: "category", is: ["applicationgatewayaccesslog"] },
    { at: "properties.instanceId", starts: "ApplicationGatewayRole" },
  ],
  keys: [...AZURE, { to: "responseTime", at: "properties.timeTaken", unit: "ms" }],
  sample: '{"time":"2026-11-25T18:00:00Z","category":"ApplicationGatewayAccessLog",' +
    '"properties":{"instanceId":"ApplicationGatewayRole_IN_0","clientIP":"192.0.2.7",' +
    '"httpMethod":"GET","requestUri":"/a","httpStatus":200,"timeTaken":12}}',
};

/** Azure Application Gateway v2. */
export const AZURE_GATEWAY: JsonFormat = {
  name: "azure-gateway",
  of: "Azure Application Gateway v2",
  when: [{ at: "category", is: ["applicationgatewayaccesslog"] }],
  keys: [
    ...AZURE,
    { to: "query", at: "properties.requestQuery" },
    { to: "responseTime", at: "properties.timeTaken", unit: "s" },
  ],
  sample: '{"timeStamp":"2026-11-25T18:00:00+00:00","category":"ApplicationGatewayAccessLog",' +
    '"properties":{"instanceId":"appgw_2","clientIP":"192.0.2.7","httpMethod":"GET",' +
    '"requestUri":"/a","httpStatus":200,"timeTaken":0.012}}',
};

/** Azure Front Door. */
export const AZURE_FRONT_DOOR: JsonFormat = {
  name: "azure-front-door",
  of: "Azure Front Door",
  when: [{ at: "category", is: ["frontdooraccesslog"] }],
  keys: [...AZURE, { to: "responseTime", at: "properties.timeTaken", unit: "s" }],
  sample: '{"time":"2026-11-25T18:00:00.1234567Z","category":"FrontDoorAccessLog",' +
    '"properties":{"httpMethod":"GET","requestUri":"https://example.com:443/a",' +
    '"httpStatusCode":"200","clientIp":"192.0.2.7","timeTaken":"0.012","userAgent":"curl/8.9.1"}}',
};

/** Cloudflare. */
export const CLOUDFLARE: JsonFormat = {
  name: "cloudflare",
  of: "Cloudflare Logpush: http_requests",
  when: [{ at: "EdgeResponseStatus" }],
  keys: [
    { to: "method", at: "ClientRequestMethod" },
    { to: "endpoint", at: "ClientRequestURI" },
    { to: "endpoint", at: "ClientRequestPath" },
    { to: "status", at: "EdgeResponseStatus" },
    { to: "ip", at: "ClientIP" },
    { to: "userAgent", at: "ClientRequestUserAgent" },
    { to: "timestamp", at: "EdgeStartTimestamp" },
    { to: "timestamp", at: "Datetime" },
  ],
  sample: '{"ClientIP":"192.0.2.7","ClientRequestMethod":"GET","ClientRequestURI":"/a?b=1",' +
    '"EdgeResponseStatus":200,"EdgeStartTimestamp":"2026-11-25T18:00:00Z"}',
};

/** Akamai DataStream 2, all of whose values are texts. */
export const AKAMAI: JsonFormat = {
  name: "akamai",
  of: "Akamai DataStream 2",
  when: [{ at: "reqTimeSec" }, { at: "statusCode" }, { at: "reqMethod" }],
  keys: [
    { to: "method", at: "reqMethod" },
    { to: "endpoint", at: "reqPath" },
    { to: "query", at: "queryStr" },
    { to: "status", at: "statusCode" },
    { to: "ip", at: "cliIP" },
    { to: "responseTime", at: "turnAroundTimeMSec", unit: "ms" },
    { to: "responseTime", at: "transferTimeMSec", unit: "ms" },
    { to: "userAgent", at: "UA" },
    { to: "timestamp", at: "reqTimeSec", unit: "s" },
  ],
  sample: '{"reqTimeSec":"1795629600.123","cliIP":"192.0.2.7","reqMethod":"GET","reqPath":"a",' +
    '"statusCode":"200","turnAroundTimeMSec":"11"}',
};

/** Kong's plugins that log. */
export const KONG: JsonFormat = {
  name: "kong",
  of: "Kong: http-log, file-log",
  when: [{ at: "latencies" }, { at: "client_ip" }, { at: "request" }],
  keys: [
    { to: "method", at: "request.method" },
    { to: "endpoint", at: "request.uri" },
    { to: "endpoint", at: "request.url" },
    { to: "status", at: "response.status" },
    { to: "ip", at: "client_ip" },
    { to: "responseTime", at: "latencies.request", unit: "ms" },
    { to: "userAgent", at: "request.headers.user-agent" },
    { to: "timestamp", at: "started_at", unit: "ms" },
  ],
  sample: '{"request":{"method":"GET","uri":"/a","headers":{"user-agent":"curl/8.9.1"}},' +
    '"response":{"status":200},"latencies":{"kong":1,"proxy":11,"request":12},' +
    '"client_ip":"192.0.2.7","started_at":1795629600123}',
};

/** Amazon API Gateway, as its guide shows it: the endpoint is the pattern of the route. */
export const API_GATEWAY: JsonFormat = {
  name: "api-gateway",
  of: "Amazon API Gateway",
  when: [{ at: "requestId" }, { at: "requestTime" }, { at: "status" }],
  any: [[{ at: "resourcePath" }, { at: "routeKey" }, { at: "path" }]],
  keys: [
    { to: "method", at: "httpMethod" },
    { to: "endpoint", at: "path" },
    { to: "endpoint", at: "resourcePath" },
    { to: "endpoint", at: "routeKey" },
    { to: "status", at: "status" },
    { to: "ip", at: "ip" },
    { to: "ip", at: "sourceIp" },
    { to: "responseTime", at: "responseLatency", unit: "ms" },
    { to: "userAgent", at: "userAgent" },
    { to: "timestamp", at: "requestTime" },
    { to: "timestamp", at: "requestTimeEpoch", unit: "ms" },
  ],
  sample: '{"requestId":"x","ip":"192.0.2.7","httpMethod":"GET","resourcePath":"/a",' +
    '"requestTime":"25/Nov/2026:18:00:00 +0000","status":"200","responseLatency":"12"}',
};
