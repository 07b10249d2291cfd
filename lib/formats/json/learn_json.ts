import { type ReadingOptions, USUAL_READING } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot, Unit } from "../description/shapes.ts";
import type { Condition, JsonFormat, JsonKey, JsonTarget } from "./json_description.ts";
import { type Decide, learnLayout, type Member, OTHER_NUMBER, OTHER_TEXT } from "./learn_layout.ts";
import { ExactNumber, find, type JsonObject, parseJson } from "./parse_json.ts";
import { LONG_LINE } from "./read_own_line.ts";
import {
  factOf,
  holds,
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
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV4_AND_PORT = /^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/;
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
  if (line.length > LONG_LINE) return undefined;
  const object = parseJson(line);
  const outcome = object === undefined ? undefined : readObject(format, object, how);
  if (object === undefined || outcome === undefined || outcome === "context") return undefined;
  if (!("timestampUs" in outcome) || outcome.isZoneAssumed) return undefined;
  const decider = new Decider(object);
  for (const other of before) decider.keepOther(other);
  decider.keepSame(format);
  if (!decider.keepKeys(format.keys, how)) return undefined;
  return learnLayout(line, format.name, (member) => decider.decide(member));
}

type Reading = Parameters<typeof factOf>[3];

const READERS: readonly (readonly [JsonTarget, Reading])[] = [
  ["method", readText],
  ["endpoint", readText],
  ["query", readQuery],
  ["status", readStatus],
  ["responseTime", readResponseTime],
];

/** Gathers which of the values of an object must stay as they are for its record to be read in the same way. */
class Decider {
  readonly #object: JsonObject;
  /** The paths that were looked at: whether there is something must not change. */
  readonly #paths = new Set<string>();
  /** The places of values that must stay as they are. */
  readonly #same = new Set<string>();
  /** The places of values whose type must stay as it is. */
  readonly #typed = new Set<string>();
  /** The places of values that are facts, each with its key. */
  readonly #facts = new Map<string, JsonKey>();

  constructor(object: JsonObject) {
    this.#object = object;
  }

  /** Keeps an object one that another format does not have. */
  keepOther({ when, any = [] }: JsonFormat): void {
    const isFalse = (condition: Condition) => !holds(condition, this.#object);
    const untrue = when.filter(isFalse);
    if (untrue.length > 0) {
      // One condition that is not true suffices: best one that no value decides.
      this.#keep(untrue.find((condition) => !this.#isOfValue(condition)) ?? untrue[0]!);
    } else any.find((group) => group.every(isFalse))?.forEach((each) => this.#keep(each));
  }

  /** Keeps an object one that a format has. */
  keepSame({ when, any = [], context = [], needs = [] }: JsonFormat): void {
    const isTrue = (condition: Condition) => holds(condition, this.#object);
    const alternatives = any.flatMap((group) => group.find(isTrue) ?? []);
    for (const each of [...when, ...alternatives, ...context]) this.#keep(each);
    for (const path of needs) this.#paths.add(path);
  }

  /** Keeps the keys that are facts; returns whether a layout can tell. */
  keepKeys(keys: readonly JsonKey[], how: ReadingOptions): boolean {
    const targets = new Set<JsonTarget>();
    const keep = (target: JsonTarget, read: Reading) => {
      if (this.#keepFact(keys.filter(({ to }) => to === target), read)) targets.add(target);
    };
    for (const [target, read] of READERS) keep(target, read);
    keep("ip", (value, key) => readClient(value, key, how));
    keep("timestamp", (value, key) => readTimestamp(value, key, how));
    if (!targets.has("endpoint")) keep("request", readText);
    if (how.keepsAgent) keep("userAgent", readText);
    // What is put together of two values does not stand in the line; a time that is lent is not in it.
    const isPlain = !targets.has("query") && !(targets.has("request") && targets.has("method"));
    // A value that is two facts cannot be read as both.
    return isPlain && targets.has("timestamp") && this.#facts.size === targets.size;
  }

  /** Keeps the first of some keys that can be used the first; returns whether there is one. */
  #keepFact(keys: readonly JsonKey[], read: Reading): boolean {
    for (const key of keys) {
      this.#paths.add(key.at);
      const found = find(this.#object, key.at);
      if (found === undefined) continue;
      const place = JSON.stringify(found.chain);
      if (read(found.value, key) !== undefined) {
        this.#facts.set(place, key);
        return true;
      }
      this.#same.add(place);
    }
    return false;
  }

  /** Keeps a condition as true or untrue as it is. */
  #keep(condition: Condition): void {
    this.#paths.add(condition.at);
    const found = find(this.#object, condition.at);
    if (found === undefined) return;
    const place = JSON.stringify(found.chain);
    if (this.#isOfValue(condition)) this.#same.add(place);
    else if (condition.type ?? condition.is ?? condition.starts) this.#typed.add(place);
  }

  /** Whether a condition may be true of one value and untrue of another of the same type. */
  #isOfValue({ at, is, starts }: Condition): boolean {
    const value = find(this.#object, at)?.value, isText = typeof value === "string";
    if (starts !== undefined && isText) return true;
    const types = new Set(is?.map((each) => typeof each));
    return types.has(value instanceof ExactNumber ? "number" : typeof value);
  }

  /** Says how a value is written. */
  decide({ chain, type, text }: Member): ReturnType<Decide> {
    const path = chain.join("."), place = JSON.stringify(chain);
    const isSame = this.#same.has(place);
    if (type === "nested") {
      const isInside = isSame || this.#typed.has(place) ||
        [...this.#paths].some((at) => at.startsWith(`${path}.`));
      return isInside ? "inside" : "any";
    }
    const key = this.#facts.get(place);
    if (key !== undefined) return isSame ? undefined : piecesOf(key, type, text);
    if (type === "word" || isSame) return [text];
    return [type === "string" ? OTHER_TEXT : OTHER_NUMBER];
  }
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
    case "userAgent":
      return [{ to, as: "text" }];
    case "request":
      return requestPieces(text);
    case "status":
      return [{ to, as: "status" }];
    case "ip":
      return clientPieces(text, isAddress);
    case "responseTime":
      return durationPieces(text, unit, decimals);
    case "timestamp":
      return timePieces(type, text, unit);
    default:
      return undefined;
  }
}

function clientPieces(text: string, isAddress = false): readonly Piece[] | undefined {
  if (IPV4_AND_PORT.test(text)) return [{ to: "ip", as: "peer" }];
  if (IPV4.test(text)) return [{ to: "ip", as: isAddress ? "address" : "client" }];
  return isAddress ? undefined : [{ to: "ip", as: "client" }];
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
