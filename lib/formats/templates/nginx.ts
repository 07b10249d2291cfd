import { AGENT, type Field, type Language, OTHER } from "./part.ts";

const UPSTREAM: Field = { to: "responseTime", as: "decimal", unit: "s", isList: true, rank: 1 };
const LIST: Field = { ...OTHER, isList: true };
const USER: Field = { to: "other", as: "words" };

/**
 * What the variables of nginx and its kin write. The client is `$remote_addr` where there is one; other addresses
 * count only without it, because a visitor can claim what he likes in a header.
 */
const VARIABLES: Readonly<Record<string, Field>> = {
  remote_addr: { to: "ip", as: "client" },
  the_real_ip: { to: "ip", as: "client" },
  http_x_real_ip: { to: "ip", as: "client", rank: 1 },
  http_cf_connecting_ip: { to: "ip", as: "client", rank: 1 },
  proxy_protocol_addr: { to: "ip", as: "client", rank: 2 },
  http_x_forwarded_for: { to: "ip", as: "client", isList: true, rank: 3 },
  proxy_add_x_forwarded_for: { to: "ip", as: "client", isList: true, rank: 3 },
  realip_remote_addr: { to: "ip", as: "client", rank: 4 },
  binary_remote_addr: OTHER,
  time_local: { to: "timestamp", as: "clf", rank: 2 },
  time_iso8601: { to: "timestamp", as: "zoned", rank: 1 },
  msec: { to: "timestamp", as: "epoch", unit: "s" },
  request: { to: "request", as: "request" },
  request_line: { to: "request", as: "request" },
  request_method: { to: "method", as: "token" },
  method: { to: "method", as: "token" },
  request_uri: { to: "endpoint", as: "word" },
  uri: { to: "endpoint", as: "word", rank: 1 },
  document_uri: { to: "endpoint", as: "word", rank: 1 },
  args: { to: "query", as: "word" },
  query_string: { to: "query", as: "word" },
  is_args: { to: "query", as: "word" },
  status: { to: "status", as: "status" },
  request_time: { to: "responseTime", as: "decimal", unit: "s" },
  upstream_response_time: UPSTREAM,
  upstream_header_time: LIST,
  upstream_connect_time: LIST,
  upstream_status: LIST,
  upstream_addr: LIST,
  upstream_response_length: LIST,
  upstream_bytes_received: LIST,
  upstream_bytes_sent: LIST,
  remote_user: USER,
  http_user_agent: AGENT,
  http_referer: USER,
  header_user_agent: AGENT,
  header_referer: USER,
  body_bytes_sent: OTHER,
  bytes_sent: OTHER,
  request_length: OTHER,
  request_id: OTHER,
  host: OTHER,
  http_host: OTHER,
  server_name: OTHER,
  server_port: OTHER,
  server_protocol: OTHER,
  remote_port: OTHER,
  scheme: OTHER,
  connection: OTHER,
  connection_requests: OTHER,
  pipe: OTHER,
  gzip_ratio: OTHER,
};

/** The fields of API Gateway, which writes them like nginx does. */
const CONTEXT: Readonly<Record<string, Field>> = {
  "identity.sourceIp": { to: "ip", as: "client" },
  requestTime: { to: "timestamp", as: "clf", rank: 1 },
  requestTimeEpoch: { to: "timestamp", as: "epoch", unit: "ms" },
  httpMethod: { to: "method", as: "token" },
  path: { to: "endpoint", as: "word" },
  resourcePath: { to: "endpoint", as: "word", rank: 1 },
  status: { to: "status", as: "status" },
  responseLatency: { to: "responseTime", as: "decimal", unit: "ms" },
  "identity.userAgent": AGENT,
  protocol: OTHER,
};

/** `log_format` of nginx; OpenResty, Kong, APISIX, ingress-nginx and Angie have the same. */
export const NGINX: Language = {
  name: "nginx",
  token: /\$(?:(context(?:\.\w+)+)|\{(\w+)\}|(\w+))/y,
  partsOf: ([, context, braced, bare]) => {
    if (context !== undefined) return [own(CONTEXT, context.slice("context.".length)) ?? OTHER];
    const known = own(VARIABLES, (braced ?? bare)!);
    return known === undefined ? undefined : [known];
  },
  known: Object.keys(VARIABLES).map((name) => `$${name}`),
  hasEscapes: true,
};

/** A value of a table, which has no others than its own. */
export function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
