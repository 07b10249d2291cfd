import type { JsonFormat } from "./json_description.ts";

/** Echo's logger, and its successor with slog: a duration is nanoseconds. */
export const ECHO: JsonFormat = {
  name: "echo",
  of: "Echo, for Go",
  when: [{ at: "remote_ip" }, { at: "uri" }, { at: "status" }, { at: "latency" }],
  keys: [
    { to: "method", at: "method" },
    { to: "endpoint", at: "uri" },
    { to: "status", at: "status" },
    { to: "ip", at: "remote_ip" },
    { to: "responseTime", at: "latency", unit: "ns", decimals: 0 },
    { to: "userAgent", at: "user_agent" },
    { to: "timestamp", at: "time" },
  ],
  sample: '{"time":"2026-11-25T18:00:00.123456789Z","id":"","remote_ip":"192.0.2.7",' +
    '"host":"example.com","method":"GET","uri":"/a","user_agent":"curl/8.9.1","status":200,' +
    '"error":"","latency":12345000,"latency_human":"12.345ms","bytes_in":0,"bytes_out":5}',
};

/** gin-contrib/zap with the encoder that zap has in production: durations and times are seconds. */
export const GIN_ZAP: JsonFormat = {
  name: "gin-zap",
  of: "Gin with zap, for Go",
  when: [{ at: "ts", type: "number" }, { at: "latency" }, { at: "status" }, { at: "path" }],
  keys: [
    { to: "method", at: "method" },
    { to: "endpoint", at: "path" },
    { to: "query", at: "query" },
    { to: "status", at: "status" },
    { to: "ip", at: "ip" },
    { to: "responseTime", at: "latency", unit: "s" },
    { to: "userAgent", at: "user-agent" },
    { to: "timestamp", at: "ts", unit: "s" },
  ],
  sample: '{"level":"info","ts":1795629600.123,"caller":"x.go:1","msg":"/a","status":200,' +
    '"method":"GET","path":"/a","query":"","ip":"192.0.2.7","user-agent":"curl/8.9.1",' +
    '"latency":0.012345}',
};

/** Serilog's request logging, in its compact form. */
export const SERILOG: JsonFormat = {
  name: "serilog",
  of: "ASP.NET Core with Serilog",
  when: [{ at: "@mt", starts: "HTTP {RequestMethod}" }],
  keys: [
    { to: "method", at: "RequestMethod" },
    { to: "endpoint", at: "RequestPath" },
    { to: "status", at: "StatusCode" },
    { to: "ip", at: "ClientIp" },
    { to: "responseTime", at: "Elapsed", unit: "ms" },
    { to: "timestamp", at: "@t" },
  ],
  sample: '{"@t":"2026-11-25T18:00:00.1234567Z",' +
    '"@mt":"HTTP {RequestMethod} {RequestPath} responded {StatusCode} in {Elapsed:0.0000} ms",' +
    '"RequestMethod":"GET","RequestPath":"/a","StatusCode":200,"Elapsed":12.345}',
};

/** lograge, for Rails. */
export const LOGRAGE: JsonFormat = {
  name: "lograge",
  of: "Rails with lograge, as JSON",
  when: [{ at: "controller" }, { at: "action" }, { at: "status" }],
  keys: [
    { to: "method", at: "method" },
    { to: "endpoint", at: "path" },
    { to: "status", at: "status" },
    { to: "ip", at: "remote_ip" },
    { to: "ip", at: "ip" },
    { to: "responseTime", at: "duration", unit: "ms" },
    { to: "timestamp", at: "@timestamp" },
    { to: "timestamp", at: "time" },
  ],
  sample: '{"method":"GET","path":"/a","format":"html","controller":"X","action":"y",' +
    '"status":200,"duration":12.34,"@timestamp":"2026-11-25T18:00:00.123Z"}',
};

/** Zeek's http.log, as JSON. */
export const ZEEK_JSON: JsonFormat = {
  name: "zeek-json",
  of: "Zeek's http.log, as JSON",
  when: [{ at: "uid" }, { at: "id.orig_h" }, { at: "status_code" }],
  keys: [
    { to: "method", at: "method" },
    { to: "endpoint", at: "uri" },
    { to: "status", at: "status_code" },
    { to: "ip", at: "id.orig_h" },
    { to: "userAgent", at: "user_agent" },
    { to: "timestamp", at: "ts", unit: "s" },
  ],
  sample: '{"ts":1795629600.123456,"uid":"C1","id.orig_h":"192.0.2.7","id.orig_p":51234,' +
    '"method":"GET","host":"example.com","uri":"/a","user_agent":"curl/8.9.1","status_code":200}',
};
