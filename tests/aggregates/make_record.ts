import type { LogRecord } from "../../schema.ts";

/** A record of which only the fields at issue are told. */
export function makeRecord(fields: Partial<LogRecord> = {}): LogRecord {
  return {
    method: "GET",
    endpoint: "/",
    statusCode: 200,
    ip: "192.0.2.1",
    responseTimeUs: undefined,
    userAgent: undefined,
    timestampUs: 0,
    ...fields,
  };
}
