import type { Format } from "../description/format.ts";
import { clfFormat } from "./clf_format.ts";

/** Combined Log Format, the default of nginx and the usual of Apache, and all that is read like it. */
export const COMBINED_FORMAT: Format = clfFormat({
  name: "combined",
  of: "Apache, nginx and whoever followed them",
  template: '{ip} - - [{time}] "{request}" {status} - "-" "{agent}"',
  sample:
    '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 512 "-" "curl/8.9.1"',
});
