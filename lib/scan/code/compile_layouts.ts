import type { RecordBatch } from "../../records/record_batch.ts";
import { assemble, type ImportedFunction } from "../wasm/assemble.ts";
import { all, call, I32, i32, repeatWhile, returnWith, when } from "../wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { compileTwoDigitsReader } from "./clock.ts";
import { compileCodeUnitReader, compileEscapeSkipper, compileUnescaper } from "./escape.ts";
import { compileKeyMixer } from "./key.ts";
import type { LineCode } from "./line.ts";
import {
  compileOtherNumberSkipper,
  compileOtherTextSkipper,
  compileValueSkippers,
} from "./nested.ts";
import { IRREGULAR_END, IS_REGULAR, LAST_LAYOUT, NEXT_ROW, USES_AT } from "./reader_memory.ts";
import { compileKeyReader, compileTextSkipper } from "./text.ts";
import { compileCharacterCopier, compileCodePointWriter } from "./utf8.ts";

/**
 * Reads lines of known layouts, from the address `at` up to `end`, into rows, from `row` up to `endRow`. It gives
 * the address of the first line that it has not read.
 */
export type ReadLines = (at: number, end: number, row: number, endRow: number) => number;

/** The functions of the host. */
const IMPORTS: readonly ImportedFunction[] = [
  { name: "takeDay", parameters: 1 },
  { name: "takeClfDay", parameters: 1 },
];

const NONE = i32.const(-1);

/**
 * Makes a module of the functions that read lines. It imports `takeDay(at)` and `takeClfDay(at)`, which take
 * up the day whose ten or eleven bytes are at an address, and give 1 if it is one, or else 0.
 *
 * @param layouts The code of each layout, see {@linkcode compileLineReader}.
 * @param shared The functions that it may call: the module has those that it does call, see
 * {@linkcode sharedFunctions}.
 * @returns The bytes of the module, which exports {@linkcode ReadLines} as `read`.
 */
export function compileLayouts(
  layouts: readonly LineCode[],
  shared: readonly FunctionCode[],
): Uint8Array<ArrayBuffer> {
  const lines = layouts.map(({ line }) => line);
  const anyLine = compileAnyLineReader(lines.map(({ name }) => name));
  const values = new Map(layouts.flatMap(({ values }) => values).map((one) => [one.name, one]));
  const called = calledBy([...values.values(), ...lines], shared);
  return assemble({
    imports: IMPORTS,
    functions: [...called, anyLine, compileLinesReader()],
    exports: ["read"],
  });
}

/** Functions, and of some others those that they call, and so on. */
function calledBy(
  functions: readonly FunctionCode[],
  others: readonly FunctionCode[],
): readonly FunctionCode[] {
  const all = new Map(functions.map((one) => [one.name, one]));
  const byName = new Map(others.map((one) => [one.name, one]));
  // A map goes on with what is added to it on the way.
  for (const { body } of all.values()) {
    for (const part of body) {
      const callee = typeof part === "string" ? byName.get(part) : undefined;
      if (callee !== undefined && !all.has(callee.name)) all.set(callee.name, callee);
    }
  }
  return [...all.values()];
}

/**
 * Compiles `readAnyLine(at, row)`, which reads a line of whichever layout into a row: that of the line before, or
 * else the first one that fits. It gives the address of the next line, or −1 if no layout fits.
 *
 * @param readers The names of the functions that read a line, each of one layout.
 */
function compileAnyLineReader(readers: readonly string[]): FunctionCode {
  return makeFunction("readAnyLine", ({ param, local }) => {
    const at = param(), row = param();
    const next = local(I32), layout = local(I32);
    const lastLayout = i32.load(i32.const(LAST_LAYOUT)), isMissing = i32.eq(next.get, NONE);
    const readBy = (reader: string) => next.set(call(reader, at.get, row.get));
    const uses = i32.shl(layout.get, i32.const(2));
    return all(
      layout.set(lastLayout),
      next.set(NONE),
      ...readers.map((reader, i) => when(i32.eq(layout.get, i32.const(i)), readBy(reader))),
      when(
        isMissing,
        all(
          ...readers.map((reader, i) =>
            when(
              i32.and(isMissing, i32.ne(lastLayout, i32.const(i))),
              all(layout.set(i32.const(i)), readBy(reader)),
            )
          ),
          when(isMissing, returnWith(next.get)),
          i32.store(i32.const(LAST_LAYOUT), layout.get),
        ),
      ),
      i32.store(uses, i32.add(i32.load(uses, USES_AT), i32.const(1)), USES_AT),
      next.get,
    );
  });
}

/** Compiles `read`, which is {@linkcode ReadLines}. */
function compileLinesReader(): FunctionCode {
  return makeFunction("read", ({ param, local }) => {
    const at = param(), end = param(), row = param(), endRow = param(), next = local(I32);
    const leave = all(i32.store(i32.const(NEXT_ROW), row.get), returnWith(at.get));
    return all(
      i32.store(i32.const(IRREGULAR_END), i32.const(0)),
      repeatWhile(
        i32.and(i32.ltU(at.get, end.get), i32.ltU(row.get, endRow.get)),
        all(
          next.set(call("readAnyLine", at.get, row.get)),
          when(i32.eq(next.get, NONE), leave),
          when(
            i32.eqz(i32.load(i32.const(IS_REGULAR))),
            all(i32.store(i32.const(IRREGULAR_END), next.get), leave),
          ),
          at.set(next.get),
          row.increase(i32.const(1)),
        ),
      ),
      leave,
      i32.const(0),
    );
  });
}

/** Compiles the functions that those call which read values and lines. */
export function sharedFunctions({ methods }: RecordBatch): readonly FunctionCode[] {
  return [
    compileKeyMixer(),
    compileTextSkipper(),
    compileEscapeSkipper(),
    compileCodeUnitReader(),
    compileCharacterCopier(),
    compileCodePointWriter(),
    compileUnescaper(),
    compileTwoDigitsReader(),
    compileKeyReader(methods),
    compileOtherTextSkipper(),
    compileOtherNumberSkipper(),
    ...compileValueSkippers(),
  ];
}
