import type { Format } from "../description/format.ts";
import { clfFormat } from "./clf_format.ts";

/**
 * Formats that are read as Combined Log Format is, and have more behind it, or something before it. A line of them is
 * detected as combined; here they have names, and are written.
 */
export const CLF_VARIANTS: readonly Format[] = [
  clfFormat({
    name: "common",
    of: "Apache: no referer and no agent",
    template: '{ip} - - [{time}] "{request}" {status} -',
    sample: '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 512',
  }),
  clfFormat({
    name: "vhost-combined",
    of: "Apache on Debian: the virtual host first",
    template: 'example.com:443 {ip} - - [{time}] "{request}" {status} - "-" "{agent}"',
    sample:
      'example.com:443 192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1"',
  }),
  clfFormat({
    name: "combinedio",
    of: "Apache: bytes read and written behind",
    template: '{ip} - - [{time}] "{request}" {status} - "-" "{agent}" 120 640',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1" 120 640',
  }),
  clfFormat({
    name: "main",
    of: "nginx's packages and image: X-Forwarded-For behind",
    template: '{ip} - - [{time}] "{request}" {status} - "-" "{agent}" "-"',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1" "192.0.2.9, 192.0.2.1"',
  }),
  clfFormat({
    name: "request-time",
    of: "nginx with $request_time behind",
    template: '{ip} - - [{time}] "{request}" {status} - "-" "{agent}" {s3}',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1" 0.012',
  }),
  clfFormat({
    name: "ingress-nginx",
    of: "ingress-nginx for Kubernetes",
    template:
      '{ip} - - [{time}] "{request}" {status} 5 "-" "{agent}" 80 {s3} [default-web-80] [] 192.0.2.50:80 5 0.011 200 0f3a',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.9.1" 80 0.012 [shop-web-80] [] 192.0.2.50:8080 5 0.011 200 0f3a',
  }),
  clfFormat({
    name: "apisix",
    of: "Apache APISIX",
    template:
      '{ip} - - [{time}] example.com "{request}" {status} 5 {s3} "-" "{agent}" 192.0.2.50:80 200 0.003 "http://example.com/a" "9c"',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] example.com "GET /a HTTP/1.1" 200 5 0.003 "-" "curl/8.9.1" 192.0.2.50:80 200 0.003 "http://example.com/a" "9c"',
  }),
  clfFormat({
    name: "kong-nginx",
    of: "Kong: the request id behind",
    template: '{ip} - - [{time}] "{request}" {status} 5 "-" "{agent}" kong_request_id: "5b1c"',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.9.1" kong_request_id: "5b1c"',
  }),
  clfFormat({
    name: "traefik-clf",
    of: "Traefik, as Common Log Format",
    template:
      '{ip} - - [{time}] "{request}" {status} 5 "-" "-" 42 "web@docker" "http://192.0.2.50:80" {ms}ms',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "-" 42 "web@docker" "http://192.0.2.50:80" 3ms',
  }),
  clfFormat({
    name: "puma",
    of: "Puma and Rack: seconds behind",
    template: '{ip} - - [{time}] "{request}" {status} 5 {s4}',
    sample: '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 0.0123',
  }),
  clfFormat({
    name: "lighttpd",
    of: "lighttpd: the virtual host second",
    template: '{ip} example.com - [{time}] "{request}" {status} 5 "-" "{agent}"',
    sample:
      '192.0.2.7 example.com - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.9.1"',
  }),
  clfFormat({
    name: "varnish",
    of: "Varnish: the target is a whole URL",
    template: '{ip} - - [{time}] "{request}" {status} 5 "-" "{agent}"',
    sample:
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET http://example.com/a HTTP/1.1" 200 5 "-" "curl/8.9.1"',
  }),
  clfFormat({
    name: "gunicorn",
    of: "gunicorn",
    template: '{ip} - - [{time}] "{request}" {status} 5 "-" "{agent}"',
    sample: '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.9.1"',
  }),
  clfFormat({
    name: "morgan",
    of: "morgan for Node.js: combined or common",
    template: '{ip} - - [{time}] "{request}" {status} 5 "-" "{agent}"',
    sample:
      '::ffff:192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8.9.1"',
  }),
];
