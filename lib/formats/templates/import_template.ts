import type { LogRecord } from "../../../schema.ts";
import { type Format, type ReadingOptions, USUAL_READING } from "../description/format.ts";
import type { Target } from "../description/shapes.ts";
import { learnValues } from "./learn_values.ts";
import { parseTemplate } from "./parse_template.ts";
import { readValues } from "./read_values.ts";
import { layOut, type TemplateLine } from "./template_line.ts";
import { writeValues } from "./write_values.ts";

const FACTS: readonly Target[] = ["ip", "responseTime", "userAgent", "method", "endpoint"];
const SAMPLE: LogRecord = {
  method: "GET",
  endpoint: "/a?b=1",
  statusCode: 200,
  ip: "192.0.2.7",
  responseTimeUs: 142_000,
  userAgent: undefined,
  timestampUs: Date.UTC(2026, 10, 25, 18) * 1000,
};

/**
 * Makes a format of the template that a server writes its log with, as it stands in the server's configuration: the
 * `log_format` of nginx, the `LogFormat` of Apache (also that of gunicorn), the `log-format` of HAProxy, the text or
 * JSON format of Envoy.
 *
 * The client is the address that the server saw; a header that a visitor can write counts only where the template has
 * no other address. The response time of the request counts before that of the upstream.
 *
 * @param text The template, or the line of the configuration that it stands in.
 * @returns The format.
 * @throws {SyntaxError} If the template has a token that is not known, tokens that touch, or none for the status, the
 * time or the request. The message has several lines, and points at the token.
 *
 * @example A template of nginx with a response time
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { LogRecord } from "../../../schema.ts";
 * import { importTemplate } from "./import_template.ts";
 *
 * const format = importTemplate('$remote_addr [$time_local] "$request" $status $request_time');
 * const line = '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 404 0.142';
 * const { endpoint, statusCode, responseTimeUs } = format.read(line) as LogRecord;
 * assertEquals([format.name, endpoint, statusCode, responseTimeUs], ["nginx template", "/a", 404, 142_000]);
 * ```
 */
export function importTemplate(text: string): Format {
  const template = parseTemplate(text), { language } = template, line = layOut(template);
  const name = `${language.name} template`;
  const read = (text: string, how: ReadingOptions = USUAL_READING) => {
    const values = valuesOf(line, text);
    return values === undefined ? undefined : readValues(line, values, how);
  };
  const write = (record: LogRecord) => writeValues(line, record);
  const carried = (record: LogRecord) => read(write(record)) as LogRecord;
  return {
    name,
    of: `${language.name}, as its configuration has it`,
    read,
    write,
    learn: (text, how = USUAL_READING) => {
      const values = valuesOf(line, text);
      return values === undefined ? undefined : learnValues(name, line, { values, how });
    },
    carried,
    lacks: lacksOf(line),
    samples: [[write(SAMPLE), carried(SAMPLE)]],
  };
}

function valuesOf({ pattern }: TemplateLine, text: string): readonly string[] | undefined {
  return pattern.exec(text)?.slice(1);
}

function lacksOf({ values }: TemplateLine): readonly Target[] {
  const has = new Set(values.map(({ field }) => field.to));
  const isLacking = (to: Target) =>
    !has.has(to) && !(has.has("request") && (to === "method" || to === "endpoint"));
  return FACTS.filter((to) => to !== "userAgent" && isLacking(to));
}
