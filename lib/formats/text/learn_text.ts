import type { ReadingOptions } from "../description/format.ts";
import type { Layout } from "../description/layout.ts";
import { toLayout } from "../description/to_layout.ts";
import type { Slot } from "../description/shapes.ts";
import { isAbsent } from "./read_text.ts";
import type { TextPattern } from "./text_pattern.ts";

const WHOLE_REQUEST = /^([A-Z]+) .+ HTTP\/\d(?:\.\d)?$/s;
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const IPV4_AND_PORT = /^\d+\.\d+\.\d+\.\d+:\d+$/;
const ZERO = /^0+(?:\.0+)?$/;
const REST: Slot = { to: "other", as: "rest" };

/** What stands in the place of a slot in a layout: pieces, or nothing if no compiled code could read it. */
type Parts = readonly (string | Slot)[] | undefined;

/**
 * Learns the layout of a line that is a record: its literals, and the slots whose values other lines may have
 * otherwise. A value that there is none of is a literal.
 *
 * @param line The line.
 * @param texts The texts of its slots.
 * @param format The name of the format, how its lines are matched, and whether anything may follow.
 * @returns The layout; `undefined` if compiled code cannot read such lines.
 */
export function learnText(
  line: string,
  texts: readonly string[],
  { name, slots, pieces, isOpen, how }:
    & { readonly name: string; readonly isOpen: boolean; readonly how: ReadingOptions }
    & Pick<TextPattern, "slots" | "pieces">,
): Layout | undefined {
  const duration = durationPlace(slots, texts);
  const ip = slots.findIndex((slot, i) => slot.to === "ip" && !isAbsent(slot, texts[i]!));
  const lastClient = slots.findLastIndex(({ to }) => to === "ip");
  if (duration === undefined) return undefined;
  const parts: (string | Slot)[] = [];
  let place = 0, end = 0;
  for (const piece of pieces) {
    if (typeof piece === "string") {
      parts.push(piece);
      end += piece.length;
      continue;
    }
    const text = texts[place]!;
    if (piece.isPadded) {
      const padding = /^ */.exec(line.slice(end))![0];
      parts.push(padding);
      end += padding.length;
    }
    end += text.length;
    // What a line begins with is fixed: a word that begins with a brace would make it JSON.
    const isFirst = end === text.length && piece.to === "other";
    const learned = isFirst ? [text] : partsOf(piece, text, {
      isCounted: place === duration || place === ip,
      isLastClient: place === lastClient,
    });
    if (learned === undefined) return undefined;
    parts.push(...learned);
    place++;
  }
  const hasNoZone = parts.some((part) => typeof part !== "string" && part.as === "clock");
  return toLayout(
    name,
    isOpen ? [...parts, REST] : parts,
    hasNoZone ? how.assumedOffsetUs : undefined,
  );
}

/** Which of the slots of a response time is read, where the others are zero: −1 if none is. */
function durationPlace(slots: readonly Slot[], texts: readonly string[]): number | undefined {
  const places = slots.flatMap(({ to }, i) => to === "responseTime" ? [i] : []);
  const absent = places.filter((i) => isAbsent(slots[i]!, texts[i]!));
  if (absent.length === places.length) return -1;
  if (absent.length > 0) return undefined;
  const counted = places.filter((i) => !ZERO.test(texts[i]!));
  if (counted.length > 1) return undefined;
  return counted[0] ?? places[Math.floor(places.length / 2)]!;
}

function partsOf(
  slot: Slot,
  text: string,
  { isCounted, isLastClient }: { readonly isCounted: boolean; readonly isLastClient: boolean },
): Parts {
  const { to, as } = slot;
  switch (to) {
    case "request":
      if (isAbsent(slot, text)) return [text];
      if (!WHOLE_REQUEST.test(text)) return undefined;
      return [{ to: "method", as: "token" }, " ", { to: "endpoint", as: "target" }];
    case "ip":
      if (isAbsent(slot, text)) return [text];
      if (!isCounted) {
        return as === "peer" || as === "word" ? [{ to: "other", as: "word" }] : undefined;
      }
      // A client may be `-`; where another slot has the client then, it may not.
      if (as !== "peer" && isLastClient) return [{ to, as: "client" }];
      if (as !== "peer") return IPV4.test(text) ? [{ to, as: "address" }] : undefined;
      return IPV4_AND_PORT.test(text) ? [{ to, as }] : undefined;
    case "responseTime":
      return isCounted ? [slotOf(slot)] : [text];
    case "method":
      return /^[A-Z]+$/.test(text) ? [{ to, as: "token" }] : undefined;
    case "endpoint":
      return isAbsent(slot, text) ? undefined : [{ to, as: "word" }];
    case "query":
      return isAbsent(slot, text) ? [text] : undefined;
    default:
      return [slotOf(slot)];
  }
}

/** A slot with what compiled code needs of it. */
function slotOf({ to, as, unit, decimals, escape }: Slot): Slot {
  return {
    to,
    as,
    ...unit === undefined ? {} : { unit },
    ...decimals === undefined ? {} : { decimals },
    ...escape === undefined ? {} : { escape },
  };
}
