import type { Format } from "../description/format.ts";
import type { Piece } from "../description/piece.ts";
import { MILLISECONDS, PEER, REQUEST, STATUS, WORD } from "./pieces.ts";
import { textFormat } from "./text_format.ts";

/** Lines of TCP mode, of connections, and of handshakes that failed: none has a request. */
const NO_REQUEST =
  /^(?:Connect from [^ ]+ to |[^\s"]+ \[\d\d\/[A-Za-z]{3}\/\d{4}:[\d:.]+\] [^"]*$)/;
/** The last timer is that of the whole request; one that was not reached is -1, and `+` is before one that goes on. */
const TIMERS: readonly Piece[] = [WORD, "/", WORD, "/", WORD, "/", WORD, "/", {
  ...MILLISECONDS,
  absent: ["-1"],
}];
// deno-fmt-ignore
const START: readonly Piece[] = [
  PEER, " [", { to: "timestamp", as: "clock" }, "] ", WORD, " ", WORD, "/", WORD, " ", ...TIMERS,
  " ", STATUS, " ", WORD, " ", WORD, " ", WORD, " ", WORD, " ", WORD, " ", WORD, " ",
  // Captured headers, in braces.
  { to: "other", as: "words", absent: [""] }, '"', REQUEST,
];

/** `option httplog` of HAProxy, and `httpslog`: times have no zone, and a line may be cut in its request. */
export const HAPROXY_FORMAT: Format = textFormat({
  name: "haproxy",
  of: "HAProxy, option httplog",
  line: [...START, '"'],
  otherLines: [START],
  isOpen: true,
  noRequest: NO_REQUEST,
  sample:
    "192.0.2.7:51234 [25/Nov/2026:18:00:00.000] web~ app/s1 0/0/1/11/12 200 512 - - ---- 1/1/0/0/0 0/0 " +
    '{example.com|curl/8.9.1} "GET /a?b=1 HTTP/1.1"',
  sampleRecord: { responseTimeUs: 12_000 },
});
