import { ENDPOINT_BYTES, NAME_BYTES } from "../../records/limit_keys.ts";
import type { RecordBatch } from "../../records/record_batch.ts";
import type { FunctionCode } from "../wasm/module.ts";
import { mixKey } from "./mix_key.ts";
import { readOtherNumber, readResponseTime, readStatus, twoDigits } from "./number_code.ts";
import { readKey, readOtherText, readText, skipEscape, skipText } from "./text_code.ts";
import { readTimestamp } from "./timestamp_code.ts";
import { copyCharacter, unescape, unitAt, writeCode } from "./unescape_code.ts";

/** The functions that read values into the columns of a batch, by their indexes, from `MIX_KEY` on. */
export function valueFunctions(columns: RecordBatch): readonly FunctionCode[] {
  const { methods, endpoints, ips } = columns;
  return [
    mixKey(),
    skipText(),
    skipEscape(),
    unitAt(),
    copyCharacter(),
    writeCode(),
    unescape(),
    twoDigits(),
    readKey(methods),
    readText(NAME_BYTES, methods),
    readText(ENDPOINT_BYTES, endpoints),
    readText(NAME_BYTES, ips),
    readStatus(columns.statusCodes),
    readResponseTime(columns.responseTimesUs),
    readTimestamp(columns.timestampsUs),
    readOtherText(),
    readOtherNumber(),
  ];
}
