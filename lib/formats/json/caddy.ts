import type { JsonFormat } from "./json_description.ts";

/** Caddy 2. The same request is logged again as an error; newer versions name the client otherwise. */
export const CADDY: JsonFormat = {
  name: "caddy",
  of: "Caddy 2",
  when: [{ at: "logger", starts: "http.log." }],
  context: [{ at: "logger", starts: "http.log.error" }],
  needs: ["request"],
  keys: [
    { to: "method", at: "request.method" },
    { to: "endpoint", at: "request.uri" },
    { to: "status", at: "status" },
    { to: "ip", at: "request.client_ip" },
    { to: "ip", at: "request.remote_ip" },
    { to: "ip", at: "request.remote_addr" },
    { to: "responseTime", at: "duration", unit: "s" },
    { to: "userAgent", at: "request.headers.User-Agent.0" },
    { to: "timestamp", at: "ts", unit: "s" },
  ],
  sample: '{"level":"info","ts":1795629600.1234567,"logger":"http.log.access.log0",' +
    '"msg":"handled request","request":{"remote_ip":"192.0.2.7","remote_port":"51234",' +
    '"client_ip":"192.0.2.7","proto":"HTTP/2.0","method":"GET","host":"example.com",' +
    '"uri":"/a?b=1","headers":{"User-Agent":["curl/8.9.1"]}},"bytes_read":0,"user_id":"",' +
    '"duration":0.012345,"size":5,"status":200,"resp_headers":{"Server":["Caddy"]}}',
};
