import type { Format } from "../description/format.ts";
import { ALB_FORMAT, ELB_FORMAT, S3_FORMAT } from "./aws.ts";
import { clfFormat } from "./clf_format.ts";
import { ENVOY_FORMAT, ISTIO_FORMAT } from "./envoy.ts";
import { HAPROXY_FORMAT } from "./haproxy.ts";
import { NGINX_PROXY_MANAGER_FORMAT, NPMPLUS_FORMAT } from "./nginx_proxy_manager.ts";
import { SQUID_FORMAT } from "./squid.ts";

/** The formats of lines of text that are told by their pieces, in the order in which they are tried. */
export const TEXT_FORMATS: readonly Format[] = [
  HAPROXY_FORMAT,
  ENVOY_FORMAT,
  ISTIO_FORMAT,
  ALB_FORMAT,
  ELB_FORMAT,
  S3_FORMAT,
  SQUID_FORMAT,
  NGINX_PROXY_MANAGER_FORMAT,
  NPMPLUS_FORMAT,
];

/** Combined Log Format, the default of nginx and the usual of Apache, and all that is read like it. */
export const COMBINED_FORMAT: Format = clfFormat({
  name: "combined",
  of: "Apache, nginx and whoever followed them",
  template: '{ip} - - [{time}] "{request}" {status} - "-" "{agent}"',
  sample:
    '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 512 "-" "curl/8.9.1"',
});
