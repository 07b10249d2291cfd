import { own } from "./nginx.ts";
import { AGENT, type Field, type Language, OTHER } from "./part.ts";
import { timeField } from "./strftime.ts";

const TIME: Field = { to: "timestamp", as: "clf" };
const USER: Field = { to: "other", as: "words" };
const SECONDS: Field = { to: "responseTime", as: "decimal", unit: "s", rank: 2 };
const MICROSECONDS: Field = { to: "responseTime", as: "decimal", unit: "us" };
const MILLISECONDS: Field = { to: "responseTime", as: "decimal", unit: "ms", rank: 1 };
const CLIENT: Field = { to: "ip", as: "client" };
const UNITS: Readonly<Record<string, Field>> = { s: SECONDS, ms: MILLISECONDS, us: MICROSECONDS };

/** What the directives of Apache's `LogFormat` write. */
const LETTERS: Readonly<Record<string, readonly (string | Field)[]>> = {
  a: [CLIENT],
  h: [{ ...CLIENT, rank: 1 }],
  t: ["[", TIME, "]"],
  r: [{ to: "request", as: "request" }],
  m: [{ to: "method", as: "token" }],
  U: [{ to: "endpoint", as: "word" }],
  q: [{ to: "query", as: "word" }],
  s: [{ to: "status", as: "status" }],
  D: [MICROSECONDS],
  T: [SECONDS],
  u: [USER],
  f: [USER],
  // Microseconds until the first bytes came, or went: no response time.
  "^FB": [OTHER],
  "^FU": [OTHER],
  ...Object.fromEntries([..."lbBOISvVpHPkLRXA"].map((letter) => [letter, [OTHER]])),
};

const HEADERS: Readonly<Record<string, Field>> = {
  "x-forwarded-for": { ...CLIENT, isList: true, rank: 3 },
  "user-agent": AGENT,
  "x-real-ip": { ...CLIENT, rank: 2 },
  "true-client-ip": { ...CLIENT, rank: 2 },
  "cf-connecting-ip": { ...CLIENT, rank: 2 },
};

/** `LogFormat` of Apache; lighttpd, Varnish, Tomcat from version 10 on and LiteSpeed write the same. */
export const APACHE: Language = {
  name: "Apache",
  token: /%(?:(%)|[!\d,]*([<>]?)(?:\{([^}]*)\})?(\^(?:t[io]|F[BU])|[A-Za-z]))/y,
  partsOf: ([, percent, side, argument, letter]) => {
    if (percent !== undefined) return ["%"];
    return argument === undefined ? lettered(letter!, side!) : withArgument(letter!, argument);
  },
  known: [
    ..."%h %a %l %u %t %r %m %U %q %H %s %>s %b %B %O %I %D %T %v %V %p".split(" "),
    ..."%{Header}i %{Header}o %{format}t %{ms}T %{us}T".split(" "),
  ],
  hasEscapes: true,
};

function lettered(letter: string, side: string): readonly (string | Field)[] | undefined {
  const parts = own(LETTERS, letter);
  // Of an internally redirected request the final status is what the client saw.
  return letter === "s" && side !== ">" ? [{ to: "status", as: "status", rank: 1 }] : parts;
}

function withArgument(letter: string, argument: string): readonly Field[] | undefined {
  switch (letter) {
    case "i":
      return [own(HEADERS, argument.toLowerCase()) ?? USER];
    case "a":
      return [{ ...CLIENT, rank: 2 }];
    case "T": {
      const unit = own(UNITS, argument);
      return unit === undefined ? undefined : [unit];
    }
    case "t": {
      const time = timeField(argument.replace(/^(?:begin|end):/, ""));
      return time === undefined ? undefined : [time];
    }
    default:
      return "oenCcpPxX".includes(letter) || letter.startsWith("^") ? [USER] : undefined;
  }
}

/** What gunicorn has for letters of its own: the rest are those of Apache. */
const GUNICORN: Readonly<Record<string, Field>> = {
  M: MILLISECONDS,
  L: { ...SECONDS, rank: 1 },
  a: AGENT,
  f: USER,
  p: OTHER,
};

/** `access_log_format` of gunicorn. */
export const GUNICORN_LANGUAGE: Language = {
  name: "gunicorn",
  token: /%(?:(%)|\((?:\{([^}]*)\}([a-z])|([A-Za-z]))\)s)/y,
  partsOf: ([, percent, argument, kind, letter]) => {
    if (percent !== undefined) return ["%"];
    if (kind !== undefined) return withArgument(kind, argument!);
    const field = own(GUNICORN, letter!);
    return field === undefined ? own(LETTERS, letter!) : [field];
  },
  known: [..."hltrsbBfaTMDLpmUqHu"].map((letter) => `%(${letter})s`),
  hasEscapes: true,
};
