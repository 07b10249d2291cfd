import type { ReadingOptions } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import type { Piece } from "../description/piece.ts";
import type { Slot } from "../description/shapes.ts";
import { toLayout } from "../description/to_layout.ts";
import { type Field, isTwoWords } from "./part.ts";
import type { LineValue, TemplateLine } from "./template_line.ts";

const WORD: Slot = { to: "other", as: "word" };
const PLAIN_REQUEST = /^[A-Z]{1,15} [!-~]+ HTTP\/\d(?:\.\d)?$/;
const DECIMAL = /^\d+(?:\.\d+)?$/;
const PRINTABLE = /^[!#-~]+$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const ISO_ZONE = /^\d{4}-\d\d-\d\d.\S*\d(?:[Zz]|[+-]\d\d:?\d\d)$/;
const ISO_LOCAL = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?$/;
const ZONELESS = /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d[.,](\d{1,9})$/;

/**
 * Learns the layout of a line from its values: one that is absent is a literal.
 *
 * @param name The name of the format.
 * @param line How lines are written.
 * @param found The values of a line that is a record, and what it was read with.
 * @returns The layout; `undefined` if compiled code would read a value in another way.
 */
export function learnValues(
  name: string,
  line: TemplateLine,
  found: { readonly values: readonly string[]; readonly how: ReadingOptions },
): Layout | undefined {
  const pieces: Piece[] = [];
  for (const [i, place] of line.values.entries()) {
    const learned = learnValue(place, found.values[i]!, line);
    if (learned === undefined) return undefined;
    pieces.push(place.before, ...learned);
  }
  pieces.push(line.end);
  const hasNoZone = pieces.some((piece) =>
    typeof piece !== "string" && (piece.as === "clock" || piece.as === "local")
  );
  return toLayout(name, pieces, hasNoZone ? found.how.assumedOffsetUs : undefined);
}

function learnValue(
  { field, next, isQuoted }: LineValue,
  value: string,
  { hasEscapes, isJson }: TemplateLine,
): readonly Piece[] | undefined {
  const { to, as, unit, isList } = field;
  switch (to) {
    case "request":
      if (!PLAIN_REQUEST.test(value) || value.includes("\\") || !next.startsWith('"')) {
        return undefined;
      }
      return [{ to: "method", as: "token" }, " ", { to: "endpoint", as: "target" }];
    case "status":
      return [{ to, as: "status" }];
    case "timestamp":
      return learnTime(field, value, next);
    case "responseTime":
      if (value === "" || value === "-") return [value];
      return DECIMAL.test(value) && unit !== undefined ? [{ to, as: "decimal", unit }] : undefined;
    case "ip":
      if (value === "" || value === "-") return [value];
      if (as === "peer") return isIpv4Peer(value) ? [{ to, as: "peer" }] : undefined;
      if (value.includes(",")) return undefined;
      return [{ to, as: IPV4.test(value) ? "address" : "client" }];
    case "method":
      if (value === "" || value === "-") return [value];
      return /^[A-Z]{1,15}$/.test(value) ? [{ to, as: "token" }] : undefined;
    case "endpoint":
      if (value === "" || value === "-") return [value];
      return PRINTABLE.test(value) ? [{ to, as: "word" }] : undefined;
    default: {
      const of = to === "userAgent" ? to : "other";
      // Of JSON the text counts, not how it is written.
      if (isQuoted && isJson && of !== "other") return [{ to: of, as: "text" }];
      if (isQuoted) {
        return [{ to: of, as: "quoted", ...hasEscapes ? { escape: "backslash" as const } : {} }];
      }
      if (as === "words" && endsBefore(next, value)) return [{ to: of, as: "words" }];
      if (isTwoWords(field)) return [WORD, " ", WORD];
      if (value === "") return [value];
      if (!PRINTABLE.test(value)) return undefined;
      return isList ? learnItem(value) : [{ to: of, as: "word" }];
    }
  }
}

/** Whether words end where the literal behind them begins: a user with a space in his name does not. */
function endsBefore(next: string, value: string): boolean {
  return next !== "" && !value.includes(next[0]!) && !value.includes('"');
}

function learnTime(
  { as, unit }: Field,
  value: string,
  next: string,
): readonly Piece[] | undefined {
  if (as === "epoch") return unit === undefined ? undefined : [{ to: "timestamp", as, unit }];
  if ((as === "zoned" || as === "columns") && ISO_ZONE.test(value)) {
    return [{ to: "timestamp", as: "zoned" }];
  }
  if (as === "zoned" || as === "local") {
    // What follows must not look like a zone.
    const isLocal = ISO_LOCAL.test(value) && (as === "local" || !/^[Zz+-]/.test(next));
    return isLocal ? [{ to: "timestamp", as: "local" }] : undefined;
  }
  if (as === "clf") {
    return / [+-]\d{4}$/.test(value) && value.length === 26 ? [{ to: "timestamp", as }] : undefined;
  }
  const decimals = as === "clock" ? ZONELESS.exec(value)?.[1]?.length : undefined;
  return decimals === undefined ? undefined : [{ to: "timestamp", as: "clock", decimals }];
}

/** The one value of a list, so that no value of a longer one is taken for that of another slot. */
function learnItem(value: string): readonly Piece[] | undefined {
  if (/^(?:-|\d+)$/.test(value)) return [{ to: "other", as: "count" }];
  if (DECIMAL.test(value)) return [{ to: "other", as: "number" }];
  const isPeer = /^[^:,]+:\d+$/.test(value);
  return isPeer ? [WORD, ":", { to: "other", as: "count" }] : undefined;
}

function isIpv4Peer(value: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/.test(value);
}
