import type { Format } from "../description/format.ts";
import { CLIENT, COUNT, MILLISECONDS, STATUS, WORD } from "./pieces.ts";
import { textFormat } from "./text_format.ts";

/** The native format of Squid; what it did not understand has a pseudo URL, as `error:invalid-request`. */
export const SQUID_FORMAT: Format = textFormat({
  name: "squid",
  of: "Squid, its native format",
  // deno-fmt-ignore
  line: [
    { to: "timestamp", as: "epoch", unit: "s", decimals: 3 }, " ", { ...MILLISECONDS, isPadded: true }, " ",
    CLIENT, " ", WORD, "/", STATUS, " ", COUNT, " ", { to: "method", as: "token" }, " ",
    { to: "endpoint", as: "word" }, " ", WORD, " ", WORD,
  ],
  isOpen: true,
  sample:
    "1795629600.000     12 192.0.2.7 TCP_MISS/200 512 GET http://example.com/a?b=1 - HIER_DIRECT/192.0.2.50 " +
    "text/html",
  sampleRecord: { responseTimeUs: 12_000, endpoint: "http://example.com/a?b=1" },
});
