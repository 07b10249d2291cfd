import { encodeRecord, type LogRecord } from "../../schema.ts";

/** Ways in which servers may write a record as a line of the project's own format, each under a name. */
export const SHAPES: Readonly<Record<string, (record: LogRecord, index: number) => string>> = {
  "the generator's own": encodeRecord,
  "spaces after colons and commas": (record) =>
    encodeRecord(record).replaceAll('":', '": ').replaceAll(',"', ', "'),
  "another order of keys": (record) => {
    const { timestamp, ip, ...others } = wire(record);
    return JSON.stringify({ timestamp, ip, ...others });
  },
  "status as a number": (record) =>
    JSON.stringify({ ...wire(record), status_code: record.statusCode }),
  "no response time, no user agent": (record) => {
    const { response_time: _time, user_agent: _agent, ...others } = wire(record);
    return JSON.stringify(others);
  },
  "nulls": (record) => JSON.stringify({ ...wire(record), response_time: null, user_agent: null }),
  "more keys": (record, index) =>
    JSON.stringify({
      level: "info",
      ...wire(record),
      bytes: index * 7,
      cached: false,
      ratio: -0.25,
    }),
  "fractions of milliseconds": (record, index) =>
    JSON.stringify({ ...wire(record), response_time: (index * 37 % 100_000) / 1000 }),
  "a zone and milliseconds": (record, index) =>
    JSON.stringify({
      ...wire(record),
      timestamp: `${encodeRecord(record).slice(-28, -5)}${index % 2 === 0 ? "Z" : "+05:30"}`,
    }),
  "seconds, with a space": (record) =>
    JSON.stringify({
      ...wire(record),
      timestamp: String(wire(record).timestamp).slice(0, 19).replace("T", " "),
    }),
  "nested objects": (record, index) => {
    const { ip, ...others } = wire(record);
    const headers = index % 2 === 0 ? { Accept: ["*/*", "x"] } : { Host: ["a"], "X-\\": null };
    return JSON.stringify({ ip, request: { headers, tls: { version: 771 } }, ...others });
  },
  "long user agents": (record, index) =>
    JSON.stringify({
      ...wire(record),
      user_agent:
        `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${index}`
          .repeat(3),
    }),
  "escapes in user agents": (record, index) =>
    JSON.stringify({ ...wire(record), user_agent: `"quoted" \\ ${index} \u0007 ñ` }),
  "escapes in endpoints": (record) => encodeRecord(record).replaceAll("/", "\\/"),
  "letters that are not ASCII": (record, index) =>
    JSON.stringify({
      ...wire(record),
      endpoint: `/straße/${index % 50}`,
      ip: `клиент${index % 9}`,
    }),
  "long endpoints with escapes": (record, index) =>
    JSON.stringify({ ...wire(record), endpoint: `/\\${"日本".repeat(150)}/${index % 300}` }),
  "ends of lines with CR": (record) => `${encodeRecord(record)}\r`,
};

function wire(record: LogRecord): Record<string, unknown> {
  return JSON.parse(encodeRecord(record));
}
