import { own } from "./nginx.ts";
import { AGENT, type Field, type Language, OTHER } from "./part.ts";
import { timeField } from "./strftime.ts";

const WORDS: Field = { to: "other", as: "words" };
const PEER: Field = { to: "ip", as: "peer" };

/** What the operators of Envoy write; a status of 0 is that of a client who has gone. */
const OPERATORS: Readonly<Record<string, Field>> = {
  START_TIME: { to: "timestamp", as: "zoned" },
  RESPONSE_CODE: { to: "status", as: "status" },
  DURATION: { to: "responseTime", as: "decimal", unit: "ms" },
  DOWNSTREAM_REMOTE_ADDRESS: PEER,
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT: { to: "ip", as: "client" },
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS: { ...PEER, rank: 1 },
  DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT: { to: "ip", as: "client", rank: 1 },
  PROTOCOL: OTHER,
  RESPONSE_FLAGS: OTHER,
  BYTES_RECEIVED: OTHER,
  BYTES_SENT: OTHER,
  UPSTREAM_HOST: OTHER,
  UPSTREAM_CLUSTER: OTHER,
};

const HEADERS: Readonly<Record<string, Field>> = {
  ":method": { to: "method", as: "token" },
  ":path": { to: "endpoint", as: "word", rank: 1 },
  "x-envoy-original-path?:path": { to: "endpoint", as: "word" },
  "x-envoy-original-path": { to: "endpoint", as: "word", rank: 2 },
  "user-agent": AGENT,
  "x-forwarded-for": { to: "ip", as: "client", isList: true, rank: 3 },
};

/** The text format of Envoy and Istio. */
export const ENVOY: Language = {
  name: "Envoy",
  token: /%(?:(%)|([A-Z][A-Z0-9_]*)(?:\(([^)]*)\))?(?::\w+)?%)/y,
  partsOf: ([, percent, name, argument]) => {
    if (percent !== undefined) return ["%"];
    if (name === "REQ") return [headerOf(argument!.toLowerCase())];
    if (name === "START_TIME" && argument !== undefined) {
      const time = timeField(argument);
      return time === undefined ? undefined : [time];
    }
    return [own(OPERATORS, name!) ?? WORDS];
  },
  known: [...Object.keys(OPERATORS), "REQ(:METHOD)", "REQ(:PATH)"].map((name) => `%${name}%`),
  hasEscapes: false,
};

/** What a header holds: of `A?B`, which is B where there is no A, what either is known to hold. */
function headerOf(names: string): Field {
  const known = [names, ...names.split("?")].map((name) => own(HEADERS, name));
  return known.find((field) => field !== undefined) ?? WORDS;
}
