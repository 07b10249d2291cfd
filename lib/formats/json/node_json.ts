import type { Condition, JsonFormat, JsonKey } from "./json_description.ts";

/** What loggers of Node.js say of a request that has only begun. */
const STARTED: Condition = {
  at: "msg",
  is: ["incoming request", "request start", "request received", "request started"],
};

const REQUEST: readonly JsonKey[] = [
  { to: "method", at: "req.method" },
  { to: "endpoint", at: "req.url" },
  { to: "status", at: "res.statusCode" },
  { to: "ip", at: "req.remoteAddress" },
  { to: "ip", at: "req.ip" },
  { to: "userAgent", at: "req.headers.user-agent" },
];
const PINO: readonly JsonKey[] = [
  ...REQUEST,
  { to: "responseTime", at: "responseTime", unit: "ms" },
  { to: "timestamp", at: "time", unit: "ms" },
  { to: "timestamp", at: "timestamp", unit: "ms" },
  { to: "timestamp", at: "@timestamp" },
];

/** Fastify, whose two lines of a request have become one. */
export const FASTIFY: JsonFormat = {
  name: "fastify",
  of: "Fastify, two lines a request",
  when: [{ at: "reqId" }, { at: "pid" }],
  context: [STARTED],
  needs: ["req", "res.statusCode", "responseTime"],
  keys: PINO,
  sample: '{"level":30,"time":1795629600123,"pid":9,"hostname":"h","reqId":"req-1",' +
    '"req":{"method":"GET","url":"/a","remoteAddress":"192.0.2.7","remotePort":51234},' +
    '"res":{"statusCode":200},"responseTime":11.25,"msg":"request completed"}',
};

/** pino-http and hapi-pino. */
export const PINO_HTTP: JsonFormat = {
  name: "pino-http",
  of: "pino-http and hapi-pino, for Node.js",
  when: [{ at: "req" }, { at: "res" }, { at: "responseTime" }],
  context: [STARTED],
  keys: PINO,
  sample: '{"level":30,"time":1795629600123,"pid":9,"hostname":"h","req":{"id":1,' +
    '"method":"GET","url":"/a","headers":{"user-agent":"curl/8.9.1"},' +
    '"remoteAddress":"192.0.2.7","remotePort":51234},"res":{"statusCode":200},' +
    '"responseTime":12,"msg":"request completed"}',
};

/** The audit log of restify. */
export const RESTIFY: JsonFormat = {
  name: "restify",
  of: "restify's audit log, for Node.js",
  when: [{ at: "req" }, { at: "res" }, { at: "latency" }],
  context: [{ at: "event", is: ["pre", "routed"] }],
  keys: [
    { to: "ip", at: "remoteAddress" },
    ...REQUEST,
    { to: "responseTime", at: "latency", unit: "ms" },
    { to: "timestamp", at: "time", unit: "ms" },
  ],
  sample: '{"name":"audit","hostname":"h","pid":9,"level":30,"remoteAddress":"192.0.2.7",' +
    '"req":{"method":"GET","url":"/a","headers":{"user-agent":"curl/8.9.1"}},' +
    '"res":{"statusCode":200},"latency":12,"_audit":true,"event":"after","msg":"handled: 200",' +
    '"time":"2026-11-25T18:00:00.123Z","v":0}',
};

/** express-bunyan-logger. */
export const EXPRESS_BUNYAN: JsonFormat = {
  name: "express-bunyan",
  of: "express-bunyan-logger, for Node.js",
  when: [{ at: "v", is: [0] }, { at: "status-code" }, { at: "response-time" }],
  keys: [
    { to: "method", at: "method" },
    { to: "endpoint", at: "url" },
    { to: "status", at: "status-code" },
    { to: "ip", at: "remote-address" },
    { to: "ip", at: "ip" },
    { to: "responseTime", at: "response-time", unit: "ms" },
    { to: "userAgent", at: "user-agent" },
    { to: "timestamp", at: "time" },
  ],
  sample: '{"name":"api","hostname":"h","pid":9,"level":30,"remote-address":"192.0.2.7",' +
    '"method":"GET","url":"/a","status-code":200,"response-time":1.25,"msg":"request",' +
    '"time":"2026-11-25T18:00:00.123Z","v":0}',
};

/** Bunyan with its usual serializers, bunyan-middleware above all. */
export const BUNYAN: JsonFormat = {
  name: "bunyan",
  of: "bunyan-middleware and others with Bunyan, for Node.js",
  when: [{ at: "v", is: [0] }, { at: "hostname" }],
  context: [STARTED],
  needs: ["req.method", "res.statusCode"],
  keys: [
    ...REQUEST,
    { to: "responseTime", at: "duration", unit: "ms" },
    { to: "timestamp", at: "time" },
  ],
  sample: '{"name":"api","hostname":"h","pid":9,"level":30,"req_id":"x","req":{"method":"GET",' +
    '"url":"/a","headers":{"user-agent":"curl/8.9.1"},"remoteAddress":"192.0.2.7"},' +
    '"res":{"statusCode":200},"duration":12,"msg":"request finish",' +
    '"time":"2026-11-25T18:00:00.123Z","v":0}',
};

/** express-winston, which logs no client unless it is told to. */
export const EXPRESS_WINSTON: JsonFormat = {
  name: "express-winston",
  of: "express-winston, for Node.js",
  when: [{ at: "meta.req" }, { at: "meta.res" }],
  keys: [
    { to: "method", at: "meta.req.method" },
    { to: "endpoint", at: "meta.req.originalUrl" },
    { to: "endpoint", at: "meta.req.url" },
    { to: "status", at: "meta.res.statusCode" },
    { to: "ip", at: "meta.req.ip" },
    { to: "ip", at: "meta.req.headers.x-forwarded-for" },
    { to: "responseTime", at: "meta.responseTime", unit: "ms" },
    { to: "userAgent", at: "meta.req.headers.user-agent" },
    { to: "timestamp", at: "timestamp" },
    { to: "timestamp", at: "time" },
    { to: "timestamp", at: "@timestamp" },
  ],
  sample: '{"level":"info","message":"HTTP GET /a","meta":{"req":{"method":"GET","url":"/a",' +
    '"headers":{"user-agent":"curl/8.9.1"}},"res":{"statusCode":200},"responseTime":12},' +
    '"timestamp":"2026-11-25T18:00:00.123Z"}',
};
