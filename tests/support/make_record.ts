import { RecordBatch } from "../../lib/records/record_batch.ts";
import type { LogRecord } from "../../schema.ts";

/**
 * Makes a record, which is a batch of one too.
 *
 * @param fields The fields that matter to the test; the others have default values.
 */
export function makeRecord(fields: Partial<LogRecord> = {}): LogRecord & RecordBatch {
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
  const batch = new RecordBatch(1);
  batch.append(record);
  return Object.assign(batch, record);
}
