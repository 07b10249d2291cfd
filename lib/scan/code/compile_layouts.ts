import { NO_TIME, type RecordBatch } from "../../records/record_batch.ts";
import {
  all,
  call,
  type Code,
  f64,
  I32,
  i32,
  i64,
  Local,
  repeatWhile,
  returnWith,
  when,
  wordOf,
} from "../wasm/instructions.ts";
import { assemble, type FunctionCode, makeFunction } from "../wasm/module.ts";
import {
  IMPORTED,
  READ_ENDPOINT,
  READ_IP,
  READ_METHOD,
  READ_NUMBER,
  READ_RESPONSE_TIME,
  READ_STATUS,
  READ_TEXT,
  READ_TIMESTAMP,
} from "./function_indexes.ts";
import {
  ENDPOINT,
  IP,
  type Layout,
  METHOD,
  OTHER_NUMBER,
  OTHER_TEXT,
  RESPONSE_TIME,
  STATUS,
  TIMESTAMP,
} from "./layout.ts";
import { IS_PLAIN, LAST_LAYOUT, NEXT_ROW, ODD_END, USES_AT } from "./reader_memory.ts";

/**
 * Reads lines of known layouts from an address up to another into rows from one on up to another; gives
 * the address of the first that it has not read.
 */
export type ReadLines = (at: number, end: number, row: number, endRow: number) => number;

const READERS: Readonly<Record<number, number>> = {
  [METHOD]: READ_METHOD,
  [ENDPOINT]: READ_ENDPOINT,
  [IP]: READ_IP,
  [STATUS]: READ_STATUS,
  [RESPONSE_TIME]: READ_RESPONSE_TIME,
  [TIMESTAMP]: READ_TIMESTAMP,
  [OTHER_TEXT]: READ_TEXT,
  [OTHER_NUMBER]: READ_NUMBER,
};
const LF = 0x0A, CR = 0x0D;
const PIECE_BYTES = 64;

/**
 * Makes a module of what reads lines.
 *
 * @param values The functions that read values.
 * @param lines The functions that read a line, each of one layout, see {@linkcode readLine}.
 * @returns The bytes of the module, which exports {@linkcode ReadLines} as `read`.
 */
export function compileLayouts(
  values: readonly FunctionCode[],
  lines: readonly FunctionCode[],
): Uint8Array<ArrayBuffer> {
  const first = IMPORTED.length + values.length, readAny = first + lines.length;
  const ofAny = readAnyLine(lines.map((_, i) => first + i));
  return assemble(IMPORTED, [...values, ...lines, ofAny, readLines(readAny)]);
}

function writeNoTime(responseTimesUs: Float64Array): Code {
  const place = i32.shl(new Local(1).get, i32.const(3));
  return f64.store(place, f64.const(NO_TIME), responseTimesUs.byteOffset);
}

/**
 * Reads a line of a layout into a row.
 *
 * @param layout How the line is written.
 * @param batch The columns of the row.
 * @returns A function of the line's address and the row that gives the address of the next line, or −1.
 */
export function readLine(
  { kinds, literals }: Layout,
  { responseTimesUs }: RecordBatch,
): FunctionCode {
  const first = kinds.includes(RESPONSE_TIME) ? [] : writeNoTime(responseTimesUs);
  const at = new Local(0), row = new Local(1);
  const takePiece = (bytes: Uint8Array) =>
    all(when(isOther(at, bytes), returnWith(i32.const(-1))), at.increase(i32.const(bytes.length)));
  const takeLiteral = (bytes: Uint8Array) =>
    all(...piecesOf(bytes).map((piece) => takePiece(piece)));
  const takeValue = (kind: number) =>
    all(
      at.set(call(READERS[kind]!, at.get, row.get)),
      when(i32.eq(at.get, i32.const(-1)), returnWith(i32.const(-1))),
    );
  const body = all(
    first,
    i32.store(i32.const(IS_PLAIN), i32.const(1)),
    ...kinds.flatMap((kind, i) => [takeLiteral(literals[i]!), takeValue(kind)]),
    takeLiteral(literals[kinds.length]!),
    at.increase(i32.eq(i32.load8U(at.get), i32.const(CR))),
    when(i32.ne(i32.load8U(at.get), i32.const(LF)), returnWith(i32.const(-1))),
    i32.add(at.get, i32.const(1)),
  );
  return makeFunction(2, [], body);
}

/** Short ones: to put a long expression together takes a time that grows with the square of its length. */
function piecesOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  return Array.from(
    { length: count },
    (_, i) => bytes.subarray(PIECE_BYTES * i, PIECE_BYTES * (i + 1)),
  );
}

/** Whether what stands at an address is not these bytes. */
function isOther(at: Local, bytes: Uint8Array): Code {
  const { length } = bytes;
  if (length < 8) {
    const mask = (1n << BigInt(8 * length)) - 1n;
    return i64.ne(i64.and(i64.load(at.get), i64.const(mask)), i64.const(wordOf(...bytes)));
  }
  // The last overlaps the one before.
  const starts = Array.from({ length: Math.ceil(length / 8) }, (_, i) => 8 * i)
    .map((start) => Math.min(start, length - 8));
  const differences = starts.map((start) =>
    i64.xor(i64.load(at.get, start), i64.const(wordOf(...bytes.subarray(start, start + 8))))
  );
  return i64.ne(differences.reduce((one, other) => i64.or(one, other)), i64.const(0n));
}

/** The same of some layout: that of the line before, or else the first that there is. */
function readAnyLine(lines: readonly number[]): FunctionCode {
  const at = new Local(0), row = new Local(1), next = new Local(2), layout = new Local(3);
  const lastLayout = i32.load(i32.const(LAST_LAYOUT)), isMissing = i32.eq(next.get, i32.const(-1));
  const readBy = (line: number) => next.set(call(line, at.get, row.get));
  const uses = i32.shl(layout.get, i32.const(2));
  const body = all(
    layout.set(lastLayout),
    next.set(i32.const(-1)),
    ...lines.map((line, i) => when(i32.eq(layout.get, i32.const(i)), readBy(line))),
    when(
      isMissing,
      all(
        ...lines.map((line, i) =>
          when(
            i32.and(isMissing, i32.ne(lastLayout, i32.const(i))),
            all(layout.set(i32.const(i)), readBy(line)),
          )
        ),
        when(isMissing, returnWith(next.get)),
        i32.store(i32.const(LAST_LAYOUT), layout.get),
      ),
    ),
    i32.store(uses, i32.add(i32.load(uses, USES_AT), i32.const(1)), USES_AT),
    next.get,
  );
  return makeFunction(2, [I32, I32], body);
}

function readLines(line: number): FunctionCode {
  const at = new Local(0), end = new Local(1), row = new Local(2), endRow = new Local(3);
  const next = new Local(4);
  const leave = all(i32.store(i32.const(NEXT_ROW), row.get), returnWith(at.get));
  const body = all(
    i32.store(i32.const(ODD_END), i32.const(0)),
    repeatWhile(
      i32.and(i32.ltU(at.get, end.get), i32.ltU(row.get, endRow.get)),
      all(
        next.set(call(line, at.get, row.get)),
        when(i32.eq(next.get, i32.const(-1)), leave),
        when(
          i32.eqz(i32.load(i32.const(IS_PLAIN))),
          all(i32.store(i32.const(ODD_END), next.get), leave),
        ),
        at.set(next.get),
        row.increase(i32.const(1)),
      ),
    ),
    leave,
    i32.const(0),
  );
  return { ...makeFunction(4, [I32], body), name: "read" };
}
