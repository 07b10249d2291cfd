import type { Format } from "../description/format.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot } from "../description/shapes.ts";
import {
  AGENT,
  CLF_TIME,
  CLIENT,
  COUNT,
  ISO_TIME,
  MILLISECONDS,
  PEER,
  QUOTED,
  REQUEST,
  STATUS,
  WORD,
} from "./pieces.ts";
import { textFormat } from "./text_format.ts";

/** One of three parts of the response time: what the balancer, the target, and the balancer again needed. */
const PART: Slot = { to: "responseTime", as: "decimal", unit: "s", absent: ["-1"] };
// deno-fmt-ignore
const BALANCED: readonly Piece[] = [
  " ", WORD, " ", PEER, " ", WORD, " ", PART, " ", PART, " ", PART, " ", STATUS, " ", WORD, " ",
  COUNT, " ", COUNT, ' "', { ...REQUEST, absent: ["- - - "] }, '"',
];

/** AWS Application Load Balancer: the time of a record is when the response was made. */
export const ALB_FORMAT: Format = textFormat({
  name: "alb",
  of: "AWS Application Load Balancer",
  // deno-fmt-ignore
  line: [
    WORD, " ", ISO_TIME, ...BALANCED, ' "', AGENT, '" ', WORD, " ", WORD, " ", WORD, ' "', QUOTED,
    '" "', QUOTED, '" "', QUOTED, '" ', WORD,
  ],
  isOpen: true,
  sample:
    "https 2026-11-25T18:00:00.000000Z app/web/50dc 192.0.2.7:51234 198.51.100.2:80 0.000 0.012 0.000 " +
    '200 200 34 366 "GET /a?b=1 HTTP/2.0" "curl/8.9.1" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ' +
    'arn:aws:elasticloadbalancing:eu-west-1:000000000000:targetgroup/t/1 "Root=1-a" "example.com" "-" 0 ' +
    '2026-11-25T17:59:59.988000Z "forward" "-" "-" "198.51.100.2:80" "200" "-" "-"',
  sampleRecord: { responseTimeUs: 12_000 },
});

/** AWS Classic Load Balancer. */
export const ELB_FORMAT: Format = textFormat({
  name: "elb",
  of: "AWS Classic Load Balancer",
  line: [ISO_TIME, ...BALANCED, ' "', AGENT, '"'],
  otherLines: [[ISO_TIME, ...BALANCED]],
  isOpen: true,
  sample:
    "2026-11-25T18:00:00.000000Z web 192.0.2.7:51234 198.51.100.2:80 0.000000 0.012000 0.000000 200 200 0 29 " +
    '"GET /a?b=1 HTTP/1.1" "curl/8.9.1" - -',
  sampleRecord: { responseTimeUs: 12_000 },
});

// deno-fmt-ignore
const BUCKET: readonly Piece[] = [
  WORD, " ", WORD, " [", CLF_TIME, "] ", CLIENT, " ", WORD, " ", WORD, " ", WORD, " ", WORD, " ",
];
// deno-fmt-ignore
const SERVED: readonly Piece[] = [
  " ", STATUS, " ", WORD, " ", COUNT, " ", COUNT, " ", MILLISECONDS, " ", COUNT, ' "',
];

/** Server access logs of AWS S3; the response time is its Total Time. */
export const S3_FORMAT: Format = textFormat({
  name: "s3",
  of: "AWS S3, server access logs",
  line: [...BUCKET, '"', REQUEST, '"', ...SERVED, QUOTED, '" "', AGENT, '" ', WORD],
  otherLines: [[...BUCKET, "-", ...SERVED, QUOTED, '" "', AGENT, '" ', WORD]],
  isOpen: true,
  sample:
    "79a5 example-bucket [25/Nov/2026:18:00:00 +0000] 192.0.2.7 - 3E57427F REST.GET.OBJECT a " +
    '"GET /a?b=1 HTTP/1.1" 200 - 512 512 12 11 "-" "curl/8.9.1" - 9vKB= SigV4 TLS_AES_128_GCM_SHA256 ' +
    "AuthHeader example-bucket.s3.eu-west-1.amazonaws.com TLSv1.3 - -",
  sampleRecord: { responseTimeUs: 12_000 },
});
