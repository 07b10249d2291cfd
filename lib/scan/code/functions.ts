import { ENDPOINT_BYTES, NAME_BYTES } from "../../records/limit_keys.ts";
import type { RecordBatch } from "../../records/record_batch.ts";
import type { FunctionCode } from "../wasm/make_function.ts";
import {
  compileAddressReader,
  compileBracketFinder,
  compileRestSkipper,
  compileTargetReader,
  compileTokenReader,
} from "./clf.ts";
import { compileResponseTimeReader } from "./duration.ts";
import { compileCodeUnitReader, compileEscapeSkipper, compileUnescaper } from "./escape.ts";
import { compileKeyMixer } from "./mix_key.ts";
import { compileValueSkippers } from "./nested.ts";
import { compileOtherNumberSkipper, compileOtherTextSkipper } from "./other_values.ts";
import { compileStatusReader } from "./status.ts";
import { compileKeyReader, compileTextReader, compileTextSkipper } from "./text.ts";
import {
  compileClfTimeReader,
  compileTimestampReader,
  compileTwoDigitsReader,
} from "./timestamp.ts";
import { compileCharacterCopier, compileCodePointWriter } from "./utf8.ts";

/**
 * Compiles the functions that read values into the columns of a batch, and those that they call.
 *
 * Of `readMethod`, `readEndpoint`, `readIp`, `readStatus`, `readResponseTime`, `readTimestamp`, `skipOtherText`,
 * `skipOtherNumber` and `skipOtherValue` each takes the address of a value and a row, and gives the address behind the value, or
 * −1 if it does not take the value.
 */
export function valueFunctions(columns: RecordBatch): readonly FunctionCode[] {
  const { methods, endpoints, ips } = columns;
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
    compileTextReader("readMethod", NAME_BYTES, methods),
    compileTextReader("readEndpoint", ENDPOINT_BYTES, endpoints),
    compileTextReader("readIp", NAME_BYTES, ips),
    compileStatusReader(columns.statusCodes),
    compileResponseTimeReader(columns.responseTimesUs),
    compileTimestampReader(columns.timestampsUs),
    compileOtherTextSkipper(),
    compileOtherNumberSkipper(),
    ...compileValueSkippers(),
    compileAddressReader(ips),
    compileBracketFinder(),
    compileClfTimeReader(columns.timestampsUs),
    compileTokenReader(methods),
    compileTargetReader(endpoints),
    compileRestSkipper(),
  ];
}
