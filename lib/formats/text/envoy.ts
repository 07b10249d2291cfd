import type { Format } from "../description/format.ts";
import type { Piece } from "../description/piece.ts";
import {
  AGENT,
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

/** A line of a TCP listener: there was neither method, path nor protocol. */
const TCP = /^\[[^\]]*\] "- - -" 0 /;
const START: readonly Piece[] = ["[", ISO_TIME, '] "', REQUEST, '" ', STATUS, " "];
/** From the bytes received to the upstream host. */
// deno-fmt-ignore
const MIDDLE: readonly Piece[] = [
  COUNT, " ", COUNT, " ", MILLISECONDS, " ", WORD, ' "', CLIENT, '" "', AGENT, '" "', QUOTED,
  '" "', QUOTED, '" "', QUOTED, '"',
];

/** The default of Envoy; its client is in the header X-Forwarded-For, or there is none. */
export const ENVOY_FORMAT: Format = textFormat({
  name: "envoy",
  of: "Envoy",
  line: [...START, WORD, " ", ...MIDDLE],
  isOpen: true,
  noRequest: TCP,
  sample:
    '[2026-11-25T18:00:00.000Z] "GET /a?b=1 HTTP/2" 200 - 0 5 12 11 "192.0.2.7" "curl/8.9.1" ' +
    '"cc21-01" "example.com" "192.0.2.50:80"',
  sampleRecord: { responseTimeUs: 12_000 },
});

/** The default of Istio: its client is in the header X-Forwarded-For, else the peer of the connection. */
export const ISTIO_FORMAT: Format = textFormat({
  name: "istio",
  of: "Istio",
  // deno-fmt-ignore
  line: [
    ...START, WORD, " ", WORD, " ", WORD, ' "', QUOTED, '" ', ...MIDDLE, " ", WORD, " ", WORD, " ",
    WORD, " ", PEER, " ", WORD, " ", WORD,
  ],
  isOpen: true,
  noRequest: TCP,
  sample:
    '[2026-11-25T18:00:00.000Z] "GET /a?b=1 HTTP/1.1" 200 - via_upstream - "-" 0 5 12 11 "-" ' +
    '"curl/8.9.1" "cc21-01" "web:80" "192.0.2.50:80" outbound|80||web 192.0.2.3:5 192.0.2.4:80 ' +
    "192.0.2.7:51234 - default",
  sampleRecord: { responseTimeUs: 12_000 },
});
