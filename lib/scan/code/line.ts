import type { Layout } from "../../formats/description/layout.ts";
import type { Target } from "../../formats/description/shapes.ts";
import { NO_TIME, type RecordBatch } from "../../records/record_batch.ts";
import {
  all,
  call,
  type Code,
  f64,
  i32,
  i64,
  type Local,
  returnWith,
  when,
  wordOf,
} from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { storeKey } from "./key.ts";
import { IS_REGULAR, MARGIN_BYTES, NO_KEY_AT } from "./reader_memory.ts";
import { NOT_TAKEN } from "./refuse.ts";
import { slotReader } from "./slot_reader.ts";

const LF = 0x0A, CR = 0x0D;
/** What the columns of keys are of, in order. */
const KEYS: readonly Target[] = ["method", "endpoint", "ip", "userAgent"];
const NO_KEY = i32.const(NO_KEY_AT), NO_KEY_END = i32.const(NO_KEY_AT + 1);

/** Code that reads lines of a layout. */
export interface LineCode {
  /** Reads a line. */
  readonly line: FunctionCode;
  /** The functions that read its values; some may be the same. */
  readonly values: readonly FunctionCode[];
}

/**
 * Compiles a function of `(at, row)` that reads a line of a layout into a row. It gives the address of the next
 * line, or −1 if it does not take this one. What the line does not tell of the method, the endpoint, the client
 * and, if it counts, the user agent is `-`.
 *
 * @param name The name of the function.
 * @param layout How the line is written.
 * @param batch The columns of the row.
 * @returns The code; `undefined` if there is none for some slot.
 */
export function compileLineReader(
  name: string,
  { slots, literals, assumedOffsetUs }: Layout,
  batch: RecordBatch,
): LineCode | undefined {
  const values: FunctionCode[] = [];
  for (const [i, slot] of slots.entries()) {
    const place = { next: literals[i + 1]![0], columns: batch, offsetUs: assumedOffsetUs };
    const reader = slotReader(slot, place);
    if (reader === undefined) return undefined;
    values.push(reader);
  }
  const targets = new Set(slots.map(({ to }) => to));
  const line = makeFunction(name, ({ param }) => {
    const at = param(), row = param();
    const takeValue = ({ name }: FunctionCode) =>
      all(
        at.set(call(name, at.get, row.get)),
        when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN)),
      );
    return all(
      targets.has("responseTime") ? [] : writeNoTime(row, batch.responseTimesUs),
      ...[batch.methods, batch.endpoints, batch.ips, batch.agents].map((column, i) =>
        column === undefined || targets.has(KEYS[i]!)
          ? []
          : storeKey(column, row, NO_KEY, NO_KEY_END)
      ),
      i32.store(i32.const(IS_REGULAR), i32.const(1)),
      ...values.flatMap((value, i) => [takeLiteral(at, literals[i]!), takeValue(value)]),
      takeLiteral(at, literals[slots.length]!),
      at.increase(i32.eq(i32.load8U(at.get), i32.const(CR))),
      when(i32.ne(i32.load8U(at.get), i32.const(LF)), returnWith(NOT_TAKEN)),
      i32.add(at.get, i32.const(1)),
    );
  });
  return { line, values };
}

/**
 * Whether lines of a layout are records that compiled code can read: they have a status and a time, no fact comes
 * twice, an endpoint stands before the query that is joined to it, and there is code for each slot.
 *
 * @param layout How the lines are written.
 * @param batch The columns of the records.
 */
export function isReadable(layout: Layout, batch: RecordBatch): boolean {
  const facts = layout.slots.map(({ to }) => to).filter((to) => to !== "other");
  if (new Set(facts).size < facts.length) return false;
  if (!facts.includes("status") || !facts.includes("timestamp")) return false;
  if (facts.includes("query") && !facts.slice(0, facts.indexOf("query")).includes("endpoint")) {
    return false;
  }
  return compileLineReader("readLine", layout, batch) !== undefined;
}

function writeNoTime(row: Local, responseTimesUs: Float64Array): Code {
  const place = i32.shl(row.get, i32.const(3));
  return f64.store(place, f64.const(NO_TIME), responseTimesUs.byteOffset);
}

/**
 * Compares the bytes at an address with a literal, and goes on behind them.
 *
 * The literal is cut into pieces: for each there is one comparison, which is a chain of words of 64 bits, and one
 * increment. A line that ends early is left at the first piece that differs, so nothing is read beyond the margin
 * behind the block.
 */
function takeLiteral(at: Local, bytes: Uint8Array): Code {
  const count = Math.ceil(bytes.length / MARGIN_BYTES);
  const pieces = Array.from(
    { length: count },
    (_, i) => bytes.subarray(MARGIN_BYTES * i, MARGIN_BYTES * (i + 1)),
  );
  return all(...pieces.map((piece) =>
    all(
      when(differs(at, piece), returnWith(NOT_TAKEN)),
      at.increase(i32.const(piece.length)),
    )
  ));
}

/** Whether the bytes at an address differ from these. */
function differs(at: Local, bytes: Uint8Array): Code {
  const { length } = bytes;
  if (length < 8) {
    const mask = (1n << BigInt(8 * length)) - 1n;
    return i64.ne(i64.and(i64.load(at.get), i64.const(mask)), i64.const(wordOf(...bytes)));
  }
  // The last word overlaps the one before.
  const starts = Array.from({ length: Math.ceil(length / 8) }, (_, i) => 8 * i)
    .map((start) => Math.min(start, length - 8));
  const differences = starts.map((start) =>
    i64.xor(i64.load(at.get, start), i64.const(wordOf(...bytes.subarray(start, start + 8))))
  );
  return i64.ne(differences.reduce((one, other) => i64.or(one, other)), i64.const(0n));
}
