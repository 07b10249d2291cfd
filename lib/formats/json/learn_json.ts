import { type ReadingOptions, USUAL_READING } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot, Unit } from "../description/shapes.ts";
import type { Condition, JsonFormat, JsonKey, JsonTarget } from "./json_description.ts";
import { type Decide, learnLayout, OTHER_NUMBER, OTHER_TEXT } from "./learn_layout.ts";
import { find, type JsonObject, parseJson } from "./parse_json.ts";
import {
  factOf,
  readClient,
  readObject,
  readQuery,
  readResponseTime,
  readStatus,
  readText,
  readTimestamp,
} from "./read_object.ts";

/** Times that compiled code reads: those that have a zone. */
const ZONED = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:?\d\d)$/;
const CLF = /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;
const SUFFIXED = /^(\d+(?:\.\d+)?)(ns|us|ms|s)$/;
const REQUEST = /^([A-Z]+) ([^\\ ]+)( HTTP\/\d(?:\.\d)?)$/;
/** A number of seconds since 1970 has at most so many digits. */
const MAX_SECOND_DIGITS = 11;

/**
 * Learns the layout of a line of a format of JSON: its keys are literals, and so is every value that decides which
 * format has the line or which of its keys count. Objects without such a key may be anything.
 *
 * @param format The format.
 * @param before The formats that are tried before it.
 * @param line A line, without its terminator.
 * @param how What it is read with.
 * @returns The layout; `undefined` if the line is no record, or compiled code cannot read its values.
 */
export function learnJson(
  format: JsonFormat,
  before: readonly JsonFormat[],
  line: string,
  how: ReadingOptions = USUAL_READING,
): Layout | undefined {
  const object = parseJson(line);
  const outcome = object === undefined ? undefined : readObject(format, object, how);
  if (object === undefined || outcome === undefined || outcome === "context") return undefined;
  if (!("timestampUs" in outcome) || outcome.isZoneAssumed) return undefined;
  const winners = winnersOf(format.keys, object, how);
  if (winners === undefined) return undefined;
  const conditions = [...before, format].flatMap(conditionsOf);
  return learnLayout(line, format.name, decideBy({ format, conditions, object, winners }));
}

function conditionsOf({ when, any, context, needs }: JsonFormat): readonly Condition[] {
  return [...when, ...(any ?? []).flat(), ...context ?? [], ...(needs ?? []).map((at) => ({ at }))];
}

/** The keys that count of a line, by their chains. */
type Winners = ReadonlyMap<string, JsonKey>;

function winnersOf(
  keys: readonly JsonKey[],
  object: JsonObject,
  how: ReadingOptions,
): Winners | undefined {
  const readers: readonly (readonly [JsonTarget, Parameters<typeof factOf>[3]])[] = [
    ["method", readText],
    ["endpoint", readText],
    ["query", readQuery],
    ["request", readText],
    ["status", readStatus],
    ["ip", (value, key) => readClient(value, key, how)],
    ["responseTime", readResponseTime],
    ["timestamp", (value, key) => readTimestamp(value, key, how)],
  ];
  const facts = readers.map(([target, read]) => factOf(keys, object, target, read));
  const targets = new Set(facts.map((fact) => fact?.key.to));
  // What is put together of two values does not stand in the line; a time that is lent is not in it.
  if (targets.has("query") || !targets.has("timestamp")) return undefined;
  const counting = facts.filter((fact) =>
    fact !== undefined && !(fact.key.to === "request" && targets.has("endpoint"))
  );
  return new Map(counting.map((fact) => [JSON.stringify(fact!.chain), fact!.key]));
}

function decideBy({ format, conditions, object, winners }: {
  readonly format: JsonFormat;
  readonly conditions: readonly Condition[];
  readonly object: JsonObject;
  readonly winners: Winners;
}): Decide {
  // A key that comes before the one that counts must stay one that does not.
  const losers = losersOf(format.keys, object, winners);
  const paths = [
    ...conditions.map(({ at }) => at),
    ...format.keys.map(({ at, to }) => to === "userAgent" ? "" : at),
  ];
  const deciding = new Set(
    conditions.filter(({ is, starts }) => is !== undefined || starts !== undefined)
      .map(({ at }) => at),
  );
  return ({ chain, type, text }) => {
    const path = chain.join("."), place = JSON.stringify(chain);
    if (type === "nested") {
      if (losers.has(place)) return undefined;
      return paths.some((at) => at.startsWith(`${path}.`)) ? "inside" : "any";
    }
    const key = winners.get(place);
    if (key !== undefined) return deciding.has(path) ? undefined : piecesOf(key, type, text);
    if (type === "word" || losers.has(place) || deciding.has(path)) return [text];
    return [type === "string" ? OTHER_TEXT : OTHER_NUMBER];
  };
}

function losersOf(
  keys: readonly JsonKey[],
  object: JsonObject,
  winners: Winners,
): ReadonlySet<string> {
  const losers = new Set<string>();
  const won = new Set<JsonTarget>();
  for (const { to, at } of keys) {
    const found = won.has(to) || to === "userAgent" ? undefined : find(object, at);
    if (found === undefined) continue;
    const place = JSON.stringify(found.chain);
    if (winners.get(place)?.to === to) won.add(to);
    else if (to !== "request" || ![...winners.values()].some((key) => key.to === "endpoint")) {
      losers.add(place);
    }
  }
  return losers;
}

/** How the value of a key that counts is written; `undefined` if compiled code cannot read it. */
function piecesOf(
  { to, unit, decimals, isAddress }: JsonKey,
  type: "string" | "number" | "word",
  text: string,
): readonly Piece[] | undefined {
  switch (to) {
    case "method":
    case "endpoint":
      return [{ to, as: "text" }];
    case "request":
      return requestPieces(text);
    case "status":
      return [{ to, as: "status" }];
    case "ip":
      return [{ to, as: isAddress ? "address" : "client" }];
    case "responseTime":
      return durationPieces(text, unit, decimals);
    case "timestamp":
      return timePieces(type, text, unit);
    default:
      return undefined;
  }
}

function requestPieces(text: string): readonly Piece[] | undefined {
  if (!REQUEST.test(text)) return undefined;
  return [{ to: "method", as: "token" }, " ", { to: "endpoint", as: "target" }];
}

function durationPieces(
  text: string,
  unit: Unit | undefined,
  decimals: number | undefined,
): readonly Piece[] | undefined {
  const slot = (unit: Unit): Slot => ({
    to: "responseTime",
    as: "decimal",
    unit,
    ...(decimals === undefined ? {} : { decimals }),
  });
  if (DECIMAL.test(text)) return unit === undefined ? undefined : [slot(unit)];
  const [, number, suffix] = SUFFIXED.exec(text) ?? [];
  if (number === undefined) return undefined;
  return [{ to: "responseTime", as: "decimal", unit: suffix as Unit }, suffix!];
}

function timePieces(
  type: string,
  text: string,
  unit: Unit | undefined,
): readonly Piece[] | undefined {
  if (type === "string" && ZONED.test(text)) return [{ to: "timestamp", as: "zoned" }];
  if (type === "string" && CLF.test(text)) return [{ to: "timestamp", as: "clf" }];
  if (!DECIMAL.test(text)) return undefined;
  const { length } = text.split(".", 1)[0]!;
  const isSeconds = (unit === undefined || unit === "s") && length <= MAX_SECOND_DIGITS;
  if (!isSeconds && (unit === undefined || unit === "s")) return undefined;
  return [{ to: "timestamp", as: "epoch", unit: isSeconds ? "s" : unit! }];
}
