import { APACHE, GUNICORN_LANGUAGE } from "./apache.ts";
import { ENVOY } from "./envoy.ts";
import { HAPROXY } from "./haproxy.ts";
import { joinParts } from "./join_parts.ts";
import { NGINX } from "./nginx.ts";
import { type Field, type Language, OTHER, type Part, type Template, type Token } from "./part.ts";
import { KNOWN_TIMES, timeField } from "./strftime.ts";
import { nearestNames, templateError } from "./template_error.ts";
import { unwrapTemplate } from "./unwrap_template.ts";

/** The languages, and what tells a template of each; in the order in which they are tried. */
const LANGUAGES: readonly (readonly [language: Language, sign: RegExp])[] = [
  [GUNICORN_LANGUAGE, /%\(\{?[\w-]/],
  [ENVOY, /%[A-Z][A-Z0-9_]{2,}(?:\([^)]*\))?(?::\d+)?%/],
  [NGINX, /\$(?:\w|\{\w)/],
  [HAPROXY, /%(?:\{[+-]\w|\[|(?:\{[^}]*\})?(?:ci|cp|ST|trg?|trl|HM|HU|HPO?|HV|Ta|TR|Tt|ft|tsc)\b)/],
  [APACHE, /%/],
];

/** Strings of HAProxy that `%{+Q}o` puts quotes around. */
const HAPROXY_STRING =
  /%(?:\{([^}]*)\})?(ci|r|ft|f|bi?|si?|tsc?|CC|CS|HM|HU|HPO?|HV|HQ|H|ID|fi|\[[^\]]*\])(?![A-Za-z])/g;
/** Two times of Apache that are parts of one. */
const SPLIT_TIME = /%\{(?:begin:|end:)?([^}]*)\}t(?:([ .,:T-]?)%\{(?:begin:|end:)?([^}]*)\}t)+/g;
const PART_OF_TIME = /%\{(?:begin:|end:)?([^}]*)\}t/g;

/**
 * Reads a template of a server's configuration.
 *
 * @param configured The template, or the line of the configuration that it stands in.
 * @returns Its parts; of several tokens for one fact, the one that tells it best.
 * @throws {SyntaxError} If a token is not known, two tokens touch, or there is no status, time or request; the message
 * has several lines, and points at the token.
 */
export function parseTemplate(configured: string): Template {
  const { text: template, escape } = unwrapTemplate(configured);
  const language = LANGUAGES.find(([, sign]) => sign.test(template))?.[0];
  if (language === undefined) {
    throw templateError({
      text: template,
      found:
        "It has no token of nginx ($status), Apache (%>s), HAProxy (%ST) or Envoy (%RESPONSE_CODE%)",
      wanted: "Give the text of log_format, LogFormat, log-format or text_format as it stands",
    });
  }
  const text = prepare(template, language);
  const parts = joinParts(tokenize(text, language), text);
  return {
    language: escape === "none" ? { ...language, hasEscapes: false } : language,
    parts,
    isJson: /^\s*\{\s*"/.test(text),
  };
}

/** Writes times in several tokens as one, and the quotes that are meant. */
function prepare(template: string, language: Language): string {
  let text = template;
  if (language === APACHE) {
    text = joinTimes(text);
  }
  if (language === HAPROXY && text.includes("%{+Q}o")) {
    text = text.replace(/%\{\+Q\}o ?/, "").replaceAll(
      HAPROXY_STRING,
      (token, flags: string | undefined, name: string) =>
        flags === undefined ? `%{+Q}${name}` : token,
    );
  }
  return text;
}

/** Joins times of Apache that are parts of one, as far as they make one of a known form. */
function joinTimes(text: string): string {
  return text.replaceAll(SPLIT_TIME, (times) => {
    const form = times.replaceAll(PART_OF_TIME, "$1");
    return timeField(form) === undefined ? times : `%{${form}}t`;
  });
}

function tokenize(text: string, language: Language): Part[] {
  const parts: Part[] = [], { token } = language;
  for (let at = 0; at < text.length;) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) {
      if (text[at] === "%" && language !== NGINX) throw unknown({ text, at, token: "%", language });
      parts.push(text[at]!);
      at++;
      continue;
    }
    const written = language.partsOf(found) ??
      (language === NGINX ? [variableLike(found[0])] : undefined);
    if (written === undefined) throw unknown({ text, at, token: found[0], language });
    const start = at;
    parts.push(
      ...written.map((part) =>
        typeof part === "string"
          ? part
          : { token: found[0], at: start, field: part } satisfies Token
      ),
    );
    at += found[0].length;
  }
  return parts;
}

/** A variable that a module or the configuration itself defines, or that is misspelt. */
function variableLike(token: string): Field {
  const [like] = nearestNames(token, NGINX.known);
  return like === undefined ? OTHER : { ...OTHER, like };
}

function unknown(
  { text, at, token, language }: Place & { readonly language: Language },
): SyntaxError {
  const near = nearestNames(token, language.known);
  const isTime = /\}t$/.test(token) || token.startsWith("%START_TIME(");
  return templateError({
    text,
    at,
    length: token.length,
    found: `Unknown ${isTime ? "form of time" : "token"} of ${language.name}: ${token}`,
    wanted: isTime
      ? `Known are ${KNOWN_TIMES}`
      : near.length > 0
      ? `Did you mean ${near.join(" or ")}?`
      : `Known are ${language.known.slice(0, 24).join(" ")}`,
  });
}

interface Place {
  readonly text: string;
  readonly at: number;
  readonly token: string;
}
