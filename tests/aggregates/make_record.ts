import { EncodedRecord, type RecordBytes } from "../../lib/aggregates/record_bytes.ts";
import type { LogRecord } from "../../schema.ts";

/** A record, as text and as bytes, of which only the fields at issue are told. */
export function makeRecord(fields: Partial<LogRecord> = {}): LogRecord & RecordBytes {
  const record = {
    method: "GET",
    endpoint: "/",
    statusCode: 200,
    ip: "192.0.2.1",
    responseTimeUs: undefined,
    userAgent: undefined,
    timestampUs: 0,
    ...fields,
  };
  return Object.assign(new EncodedRecord().of(record), record);
}
