import { encodeRecord } from "../../../schema.ts";
import type { Format } from "../description/format.ts";
import type { Slot } from "../description/shapes.ts";
import { type Decide, learnLayout, OTHER_NUMBER, OTHER_TEXT } from "./learn_layout.ts";
import { readOwnRecord } from "./read_own_line.ts";

const SLOTS: Readonly<Record<string, Readonly<Record<string, Slot>>>> = {
  method: { string: { to: "method", as: "text" } },
  endpoint: { string: { to: "endpoint", as: "text" } },
  status_code: {
    string: { to: "status", as: "status" },
    number: { to: "status", as: "status" },
  },
  ip: { string: { to: "ip", as: "text" } },
  response_time: { number: { to: "responseTime", as: "milliseconds" } },
  user_agent: { string: { to: "userAgent", as: "text" } },
  timestamp: { string: { to: "timestamp", as: "iso" } },
};

const decide: Decide = ({ chain: [name = ""], type, text }) => {
  if (type === "nested") return "any";
  if (type === "word") return [text];
  const known = Object.hasOwn(SLOTS, name) ? SLOTS[name]![type] : undefined;
  return [known ?? (type === "string" ? OTHER_TEXT : OTHER_NUMBER)];
};

/** The project's own format: one JSON object a line, as the schema says. */
export const OWN_FORMAT: Format = {
  name: "ndjson",
  of: "this project's generator: one JSON object a line",
  read: readOwnRecord,
  write: encodeRecord,
  learn: (line) => learnLayout(line, "ndjson", decide),
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
