import type { RecordBatch } from "../../records/record_batch.ts";
import type { FunctionCode } from "../wasm/make_function.ts";
import { compileTwoDigitsReader } from "./clock.ts";
import { compileCodeUnitReader, compileEscapeSkipper, compileUnescaper } from "./escape.ts";
import { compileKeyMixer } from "./mix_key.ts";
import { compileValueSkippers } from "./nested.ts";
import { compileOtherNumberSkipper, compileOtherTextSkipper } from "./other_values.ts";
import { compileKeyReader, compileTextSkipper } from "./text.ts";
import { compileCharacterCopier, compileCodePointWriter } from "./utf8.ts";

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
