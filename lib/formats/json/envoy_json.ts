import type { JsonFormat, JsonKey } from "./json_description.ts";

const KEYS: readonly JsonKey[] = [
  { to: "method", at: "method" },
  { to: "endpoint", at: "path" },
  { to: "endpoint", at: "x-envoy-origin-path" },
  { to: "endpoint", at: "x-envoy-original-path" },
  { to: "status", at: "response_code" },
  { to: "ip", at: "downstream_remote_address" },
  { to: "ip", at: "x_forwarded_for" },
  { to: "ip", at: "x-forwarded-for" },
  { to: "responseTime", at: "duration", unit: "ms" },
  { to: "userAgent", at: "user_agent" },
  { to: "userAgent", at: "user-agent" },
  { to: "timestamp", at: "start_time" },
];

/** Envoy and Istio. Connections of TCP have no method, and the status 0. */
export const ENVOY_JSON: JsonFormat = {
  name: "envoy-json",
  of: "Envoy and Istio, as JSON",
  when: [{ at: "response_code" }, { at: "response_flags" }],
  keys: KEYS,
  sample: '{"start_time":"2026-11-25T18:00:00.123Z","method":"GET","path":"/a",' +
    '"response_code":200,"response_flags":"-","duration":12,"user_agent":"curl/8.9.1",' +
    '"downstream_remote_address":"192.0.2.7:51234"}',
};

/** Envoy Gateway, which may leave the flags out. */
export const ENVOY_GATEWAY: JsonFormat = {
  name: "envoy-gateway",
  of: "Envoy Gateway",
  when: [{ at: ":authority" }, { at: "response_code" }],
  keys: KEYS,
  sample: '{"start_time":"2026-11-25T18:00:00.123Z","method":"GET","x-envoy-origin-path":"/a",' +
    '":authority":"example.com","response_code":200,"duration":12,"user-agent":"curl/8.9.1",' +
    '"downstream_remote_address":"192.0.2.7:51234"}',
};
