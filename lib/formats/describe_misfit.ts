import type { Rejection } from "../../schema.ts";
import { condenseJson } from "./json/condense_json.ts";
import { LONG_LINE } from "./json/read_own_line.ts";
import { factsOf } from "./line_tokens.ts";

/**
 * Describes what a line that is no record looks like, for the person who has to mend it.
 *
 * @param line One line without its terminator.
 * @returns A clause, for example `it is no JSON, it looks like logfmt (key=value)` or `its keys are
 * "time", "status"`; it quotes keys as they are, so the caller escapes what a terminal would obey.
 *
 * @example A line of logfmt
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { describeMisfit } from "./describe_misfit.ts";
 *
 * assertStringIncludes(describeMisfit("method=GET path=/ status=200"), "logfmt");
 * assertStringIncludes(describeMisfit('{"status":200}'), '"status"');
 * ```
 */
export function describeMisfit(line: string): string {
  let value: unknown;
  try {
    // A long line is shortened first: only its kind and its keys are needed.
    value = JSON.parse(line.length > LONG_LINE ? condenseJson(line, () => true) ?? "" : line);
  } catch {
    if (BROKEN_JSON.test(line)) return `it is no JSON, it looks like ${describeBrokenJson(line)}`;
    const look = LOOKS.find(([pattern]) => pattern.test(line))?.[1];
    return `it is no JSON${look === undefined ? "" : `, it looks like ${look}`}${tellFacts(line)}`;
  }
  if (Array.isArray(value)) return "it is a JSON array, not an object";
  if (value === null) return "it is a JSON null, not an object";
  if (typeof value !== "object") return `it is a JSON ${typeof value}, not an object`;
  return describeKeys(Object.keys(value));
}

/** A bracket may also begin a time, or anything else. */
const BROKEN_JSON = /^\s*(?:\{|\[\s*["[{\]])/;

/** Which facts about a request a line tells, and which it does not; nothing if it tells too few to be one. */
function tellFacts(line: string): string {
  const { has, lacks } = factsOf(line);
  if (has.length < 2 || lacks.length === 0) return "";
  const listed = has.map((fact) => `a ${fact}`).join(", ");
  return `; it has ${listed}, but no ${lacks.join(" and no ")}`;
}

const MAX_KEYS = 8;
const LONGEST_KEY = 30;

function describeKeys(keys: readonly string[]): string {
  if (keys.length === 0) return "it is an object without keys";
  const shown = keys.slice(0, MAX_KEYS).map((key) =>
    `"${key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key}"`
  );
  const rest = keys.length - shown.length;
  return `its keys are ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Describes what is wrong with a text that begins like JSON, by where its first bracket closes. */
function describeBrokenJson(text: string): string {
  const end = endOfBracket(text);
  if (end === undefined) return "JSON that is cut off or spread over several lines";
  const rest = text.slice(end);
  if (/^\s*$/.test(rest)) return "JSON that is malformed";
  if (/^\r\s*[{[]/.test(rest)) return "lines that end in CR alone, which tr '\\r' '\\n' mends";
  if (/^\s*[{[]/.test(rest)) return "several JSON objects on one line, expected one a line";
  if (/^\s*,\s*$/.test(rest)) return "an object of a JSON array, with a comma behind it";
  return "JSON with other text behind it";
}

/** Returns the end of the array or object that a text begins with; `undefined` if it is not closed. */
function endOfBracket(text: string): number | undefined {
  let depth = 0, isInText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (isInText) {
      if (character === "\\") at++;
      else isInText = character !== '"';
    } else if (character === '"') isInText = true;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return undefined;
}

// The patterns are tried in this order. Each looks at a bounded part of the line, so its time is linear.
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [
    /^.{0,300}?\[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2}/,
    "an access log (Common Log Format)",
  ],
  [/^.{0,300}?\{"/, "JSON behind a prefix, such as a container runtime's or syslog's"],
  [/^\s*<\?xml|^\s*<[A-Za-z!]/, "XML or HTML"],
  [/^#(Version|Software|Fields|Date):/, "a W3C extended log"],
  [/^[\w.-]{1,100}:[^\t]{0,1000}\t[\w.-]{1,100}:/, "LTSV (labelled tab-separated values)"],
  [/^[\w.-]{1,100}=\S{0,300} [\w.-]{1,100}=/, "logfmt (key=value)"],
  [/^method,|^"?method"?[,;\t]/i, "CSV"],
];

/**
 * Returns the name of a kind of rejections, to follow a count: `not JSON`, `without "ip"`.
 *
 * @param rejection The rejection.
 * @returns The name.
 */
export function nameRejection({ reason, field }: Rejection): string {
  switch (reason) {
    case "line_too_long":
      return "longer than --max-line";
    case "not_json":
      return "not JSON";
    case "not_object":
      return "not a JSON object";
    case "missing_field":
      return `without "${field}"`;
    case "bad_type":
      return `with "${field}" of the wrong type`;
    case "no_match":
      return "of another format";
    case "not_a_request":
      return "that are no request";
    case "bad_status":
    case "bad_timestamp":
    case "bad_response_time":
      return `with a bad "${field}"`;
  }
}
