import type { Layout } from "../../formats/description/layout.ts";
import type { Slot } from "../../formats/description/shapes.ts";
import { NO_TIME, type RecordBatch } from "../../records/record_batch.ts";
import type { Code } from "../wasm/code.ts";
import { all, call, returnWith, when } from "../wasm/control.ts";
import { f64, i32, i64 } from "../wasm/instructions.ts";
import type { Local } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { wordOf } from "../wasm/word_of.ts";
import { IS_REGULAR, MARGIN_BYTES } from "./reader_memory.ts";

/** The function that reads the value of a slot. */
function readerOf({ to, as }: Slot): string {
  const reader = READERS[`${to} as ${as}`];
  if (reader !== undefined) return reader;
  throw new RangeError(
    `Cannot compile a reader of ${to} as ${as}: expected one of ${READER_NAMES}`,
  );
}

const READERS: Readonly<Record<string, string>> = {
  "method as text": "readMethod",
  "endpoint as text": "readEndpoint",
  "ip as text": "readIp",
  "status as status": "readStatus",
  "responseTime as milliseconds": "readResponseTime",
  "timestamp as iso": "readTimestamp",
  "other as text": "skipOtherText",
  "other as number": "skipOtherNumber",
  "other as value": "skipOtherValue",
  "ip as address": "readAddress",
  "timestamp as clf": "readClfTime",
  "method as token": "readToken",
  "endpoint as target": "readTarget",
  "other as words": "skipToBracket",
  "other as rest": "skipRest",
};
const READER_NAMES = Object.keys(READERS).join(", ");
const LF = 0x0A, CR = 0x0D;
const NOT_TAKEN = i32.const(-1);

/**
 * Compiles a function of `(at, row)` that reads a line of a layout into a row. It gives the address of the next
 * line, or −1 if it does not take this one.
 *
 * @param name The name of the function.
 * @param layout How the line is written.
 * @param batch The columns of the row.
 */
export function compileLineReader(
  name: string,
  { slots, literals }: Layout,
  { responseTimesUs }: RecordBatch,
): FunctionCode {
  return makeFunction(name, ({ param }) => {
    const at = param(), row = param();
    const takeValue = (slot: Slot) =>
      all(
        at.set(call(readerOf(slot), at.get, row.get)),
        when(i32.eq(at.get, NOT_TAKEN), returnWith(NOT_TAKEN)),
      );
    return all(
      slots.some(({ to }) => to === "responseTime") ? [] : writeNoTime(row, responseTimesUs),
      i32.store(i32.const(IS_REGULAR), i32.const(1)),
      ...slots.flatMap((slot, i) => [takeLiteral(at, literals[i]!), takeValue(slot)]),
      takeLiteral(at, literals[slots.length]!),
      at.increase(i32.eq(i32.load8U(at.get), i32.const(CR))),
      when(i32.ne(i32.load8U(at.get), i32.const(LF)), returnWith(NOT_TAKEN)),
      i32.add(at.get, i32.const(1)),
    );
  });
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
