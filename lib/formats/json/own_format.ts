import { encodeRecord } from "../../../schema.ts";
import type { Format } from "../description/format.ts";
import type { FormatKey } from "./learn_layout.ts";
import { learnLayout } from "./learn_layout.ts";
import { readOwnRecord } from "./read_own_line.ts";

const KEYS: readonly FormatKey[] = [
  { at: ["method"], to: "method", string: "text" },
  { at: ["endpoint"], to: "endpoint", string: "text" },
  { at: ["status_code"], to: "status", string: "status", number: "status" },
  { at: ["ip"], to: "ip", string: "text" },
  { at: ["response_time"], to: "responseTime", number: "milliseconds" },
  { at: ["timestamp"], to: "timestamp", string: "iso" },
];

/** The project's own format: one JSON object a line, as the schema says. */
export const OWN_FORMAT: Format = {
  name: "ndjson",
  of: "this project's generator: one JSON object a line",
  read: readOwnRecord,
  write: encodeRecord,
  learn: (line) => learnLayout(line, { name: "ndjson", keys: KEYS }),
  carried: (record) => record,
  lacks: [],
  samples: [
    [
      '{"method":"GET","endpoint":"/health","status_code":"200","ip":"192.0.2.1",' +
      '"response_time":57.25,"user_agent":"curl/8","timestamp":"2025-12-24T00:00:00.001000"}',
      {
        method: "GET",
        endpoint: "/health",
        statusCode: 200,
        ip: "192.0.2.1",
        responseTimeUs: 57_250,
        userAgent: "curl/8",
        timestampUs: Date.UTC(2025, 11, 24) * 1000 + 1000,
      },
    ],
  ],
};
