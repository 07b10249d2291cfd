import type { Slot } from "../../formats/description/shapes.ts";
import { AGENT_BYTES, ENDPOINT_BYTES, NAME_BYTES } from "../../records/limit_keys.ts";
import type { RecordBatch } from "../../records/record_batch.ts";
import type { FunctionCode } from "../wasm/make_function.ts";
import {
  CLIENT_CHARACTER,
  compileAddressReader,
  compileClientReader,
  compilePeerReader,
} from "./address.ts";
import { compileClfTimeReader, compileClockReader } from "./clf_time.ts";
import { compileDecimalReader, compileResponseTimeReader, compileStatusReader } from "./decimal.ts";
import { compileColumnsReader, compileIsoReader } from "./iso.ts";
import {
  compileOtherNumberSkipper,
  compileOtherTextSkipper,
  compileValueSkippers,
} from "./nested.ts";
import { compileQueryReader } from "./query.ts";
import { compileTargetReader, compileTokenReader } from "./request.ts";
import { compileTextReader } from "./text.ts";
import {
  compileAgentReader,
  compileCountSkipper,
  compileQuotedSkipper,
  compileRestSkipper,
  compileWordReader,
  compileWordsSkipper,
} from "./words.ts";

/** Where a slot is. */
export interface SlotPlace {
  /** The first byte of the literal behind it; `undefined` if the line ends there. */
  readonly next: number | undefined;
  /** The columns that values are read into. */
  readonly columns: RecordBatch;
  /** The offset from UTC of times without a zone, in microseconds. */
  readonly offsetUs?: number | undefined;
}

type Compile = (slot: Slot, place: SlotPlace) => FunctionCode | undefined;

const TAB = 0x09, SPACE = 0x20, QUOTE = 0x22;
const HAZARDS: Readonly<Record<"digit" | "fraction" | "number" | "letter" | "client", RegExp>> = {
  digit: /\d/,
  fraction: /[\d.,]/,
  number: /[\d.eE]/,
  letter: /[A-Z]/,
  client: CLIENT_CHARACTER,
};
/** How many decimals the seconds of a `clock` have if the slot does not say it. */
const CLOCK_DECIMALS = 3;

/** The functions that read values, each by what the value is and its shape. */
const READERS: Readonly<Record<string, Compile>> = {
  "method as text": quoted(({ methods }) => compileTextReader("readMethod", NAME_BYTES, methods)),
  "method as token": unlessBefore(
    "letter",
    (_, { columns }) => compileTokenReader(columns.methods),
  ),
  "endpoint as text": quoted(({ endpoints }) =>
    compileTextReader("readEndpoint", ENDPOINT_BYTES, endpoints)
  ),
  "endpoint as target": quoted(({ endpoints }) => compileTargetReader(endpoints)),
  "endpoint as word": (_, { next, columns }) =>
    compileWordReader(`readWordBefore${next}`, next, columns.endpoints),
  "query as word": (_, { next, columns }) =>
    compileQueryReader(`readQueryBefore${next}`, next, columns.endpoints),
  "ip as text": quoted(({ ips }) => compileTextReader("readIp", NAME_BYTES, ips)),
  "ip as address": unlessBefore("digit", (_, { columns }) => compileAddressReader(columns.ips)),
  "ip as client": unlessBefore("client", (_, { columns }) => compileClientReader(columns.ips)),
  "ip as peer": unlessBefore("digit", (_, { columns }) => compilePeerReader(columns.ips)),
  "status as status": (_, { columns }) => compileStatusReader(columns.statusCodes),
  "responseTime as milliseconds": unlessBefore(
    "number",
    (_, { columns }) => compileResponseTimeReader(columns.responseTimesUs),
  ),
  "responseTime as decimal": decimal("readDecimal", "responseTimesUs"),
  "timestamp as epoch": decimal("readEpoch", "timestampsUs"),
  "timestamp as iso": quoted(({ timestampsUs }) =>
    compileIsoReader("readTimestamp", timestampsUs, { zone: "optional" })
  ),
  "timestamp as zoned": unlessBefore(
    "digit",
    (_, { columns }) => compileIsoReader("readZonedTime", columns.timestampsUs, { zone: "needed" }),
  ),
  "timestamp as local": unlessBefore("fraction", (_, { columns, offsetUs }) => {
    if (offsetUs === undefined) return undefined;
    const options = { zone: "never", offsetUs } as const;
    return compileIsoReader(`readLocalTimeAt${offsetUs}`, columns.timestampsUs, options);
  }),
  "timestamp as clf": (_, { columns }) => compileClfTimeReader(columns.timestampsUs),
  "timestamp as clock": unlessBefore("digit", (slot, { columns, offsetUs }) => {
    const { decimals = CLOCK_DECIMALS } = slot, name = `readClock${decimals}At${offsetUs}`;
    if (offsetUs === undefined || !(decimals <= 9)) return undefined;
    return compileClockReader(name, columns.timestampsUs, { decimals, offsetUs });
  }),
  // The byte between the columns is the one behind the second of them.
  "timestamp as columns": (_, { next, columns }) =>
    next !== TAB && next !== SPACE
      ? undefined
      : compileColumnsReader(`readColumnsBefore${next}`, columns.timestampsUs, next),
  "userAgent as text": quoted(({ agents }) => compileTextReader("readAgent", AGENT_BYTES, agents!)),
  "userAgent as quoted": agentReader,
  "userAgent as words": agentReader,
  "userAgent as word": (_, { next, columns }) =>
    compileWordReader(`readAgentBefore${next}`, next, columns.agents),
  "other as text": quoted(compileOtherTextSkipper),
  "other as number": unlessBefore("number", compileOtherNumberSkipper),
  "other as value": () => compileValueSkippers()[0],
  "other as word": (_, { next }) => compileWordReader(`skipWordBefore${next}`, next),
  "other as words": (_, { next }) => compileWordsSkipper(`skipUpTo${next}`, next),
  "other as quoted": (slot, { next }) => {
    const hasEscapes = slot.escape === "backslash";
    const name = hasEscapes ? "skipQuotedWithEscapes" : "skipQuoted";
    return next === QUOTE ? compileQuotedSkipper(name, hasEscapes) : undefined;
  },
  "other as count": unlessBefore("digit", compileCountSkipper),
  "other as rest": (_, { next }) => next === undefined ? compileRestSkipper() : undefined,
};

/**
 * Compiles the function of `(at, row)` that reads the values of a slot into a row. It gives the address behind the
 * value, or −1 if it does not take the value: then the plain reader reads the line. It takes only what the plain
 * reader reads as the same value.
 *
 * @param slot The slot.
 * @param place Where it is.
 * @returns The function, whose name is the same for the same code; `undefined` if there is no such one.
 */
export function slotReader(slot: Slot, place: SlotPlace): FunctionCode | undefined {
  const to = slot.to === "userAgent" && place.columns.agents === undefined ? "other" : slot.to;
  return READERS[`${to} as ${slot.as}`]?.(slot, place);
}

/** A user agent that is not written as JSON. */
function agentReader(
  { as, escape }: Slot,
  { next, columns }: SlotPlace,
): FunctionCode | undefined {
  const hasEscapes = escape === "backslash";
  if (as === "quoted" && next !== QUOTE) return undefined;
  const name = `readAgent${hasEscapes ? "WithEscapes" : ""}Before${next}`;
  return compileAgentReader(name, next, { column: columns.agents!, hasEscapes });
}

/** Only before a quote. */
function quoted(compile: (columns: RecordBatch) => FunctionCode): Compile {
  return (_, { next, columns }) => next === QUOTE ? compile(columns) : undefined;
}

/** Not before a byte that the value could go on with. */
function unlessBefore(hazard: keyof typeof HAZARDS, compile: Compile): Compile {
  return (slot, place) => {
    const { next } = place;
    const isHazard = next !== undefined && HAZARDS[hazard].test(String.fromCharCode(next));
    return isHazard ? undefined : compile(slot, place);
  };
}

/** Numbers of a unit, which the slot names. */
function decimal(name: string, to: "responseTimesUs" | "timestampsUs"): Compile {
  return unlessBefore("number", ({ unit, decimals }, { columns }) => {
    if (unit === undefined) return undefined;
    return compileDecimalReader(`${name}${unit}${decimals ?? ""}`, {
      unit,
      decimals,
      isTime: to === "timestampsUs",
      column: columns[to],
    });
  });
}
