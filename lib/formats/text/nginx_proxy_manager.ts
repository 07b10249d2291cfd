import type { Format } from "../description/format.ts";
import type { Piece } from "../description/piece.ts";
import { AGENT, CLF_TIME, CLIENT, COUNT, QUOTED, REQUEST, STATUS, WORD } from "./pieces.ts";
import { textFormat } from "./text_format.ts";

// deno-fmt-ignore
const REQUESTED: readonly Piece[] = [
  { to: "method", as: "token" }, " ", WORD, " ", WORD, ' "', { to: "endpoint", as: "word" },
  '" [Client ', CLIENT, "] [Length ", WORD, "] [Gzip ", WORD, "] ",
];
const AGENT_AND_REFERER: readonly Piece[] = ['"', AGENT, '" "', QUOTED, '"'];

/** Nginx Proxy Manager: of proxied hosts, and of the default host. */
export const NGINX_PROXY_MANAGER_FORMAT: Format = textFormat({
  name: "nginx-proxy-manager",
  of: "Nginx Proxy Manager",
  // deno-fmt-ignore
  line: [
    "[", CLF_TIME, "] ", WORD, " ", WORD, " ", STATUS, " - ", ...REQUESTED, "[Sent-to ", WORD, "] ",
    ...AGENT_AND_REFERER,
  ],
  otherLines: [["[", CLF_TIME, "] ", STATUS, " - ", ...REQUESTED, ...AGENT_AND_REFERER]],
  sample:
    '[25/Nov/2026:18:00:00 +0000] - 200 200 - GET https example.com "/a?b=1" [Client 192.0.2.7] [Length 5] ' +
    '[Gzip -] [Sent-to web] "curl/8.9.1" "-"',
});

// deno-fmt-ignore
const NPMPLUS_REQUESTED: readonly Piece[] = [
  "[", CLF_TIME, "] ", WORD, " ", CLIENT, " ",
  { to: "responseTime", as: "decimal", unit: "s", decimals: 3 }, ' "', REQUEST, '" ', STATUS, " ", COUNT, " ",
  COUNT,
];

/** NPMplus, which came of Nginx Proxy Manager: the referer and the user agent have no quotes. */
export const NPMPLUS_FORMAT: Format = textFormat({
  name: "npmplus",
  of: "NPMplus",
  line: [...NPMPLUS_REQUESTED, " ", WORD, " ", { to: "userAgent", as: "words" }],
  otherLines: [[...NPMPLUS_REQUESTED, { to: "other", as: "rest" }]],
  sample:
    '[25/Nov/2026:18:00:00 +0000] example.com 192.0.2.7 0.012 "GET /a?b=1 HTTP/2.0" 200 125 440 - curl/8.9.1',
  sampleRecord: { responseTimeUs: 12_000 },
});
