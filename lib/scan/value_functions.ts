import { ENDPOINT_BYTES, NAME_BYTES } from "../aggregates/limit_keys.ts";
import type { RecordBatch } from "../aggregates/record_batch.ts";
import { readOtherNumber, readResponseTime, readStatus, twoDigits } from "./number_code.ts";
import { readKey, readOtherText, readText, skipText } from "./text_code.ts";
import { readTimestamp } from "./timestamp_code.ts";
import type { FunctionCode } from "./wasm_module.ts";

/** The functions that read values into the columns of a batch, by their indexes, from `SKIP_TEXT` on. */
export function valueFunctions(columns: RecordBatch): readonly FunctionCode[] {
  const { methodStarts, methodEnds, methodMixes, endpointStarts, endpointEnds } = columns;
  const { endpointMixes, ipStarts, ipEnds, ipMixes } = columns;
  return [
    skipText(),
    twoDigits(),
    readKey(),
    readText(NAME_BYTES, methodStarts, methodEnds, methodMixes),
    readText(ENDPOINT_BYTES, endpointStarts, endpointEnds, endpointMixes),
    readText(NAME_BYTES, ipStarts, ipEnds, ipMixes),
    readStatus(columns.statusCodes),
    readResponseTime(columns.responseTimesUs),
    readTimestamp(columns.timestampsUs),
    readOtherText(),
    readOtherNumber(),
  ];
}
