import { assertEquals } from "@std/assert";
import { COLUMN_FORMATS } from "../../lib/formats/columns/column_formats.ts";
import { USUAL_READING } from "../../lib/formats/description/format.ts";
import { FORMATS, NAMED_FORMATS } from "../../lib/formats/known_formats.ts";
import { importTemplate } from "../../lib/formats/templates/import_template.ts";
import type { LogRecord } from "../../schema.ts";

const WITH_AGENT = { ...USUAL_READING, keepsAgent: true };
const AGENT = "curl/8.9.1";

Deno.test("all formats read the user agent that stands in their sample, if it is asked for", () => {
  let count = 0;
  for (const { name, read, samples: [[line]] } of [...FORMATS, ...NAMED_FORMATS]) {
    // What HAProxy captures has no name.
    if (name === "haproxy" || !line.includes(AGENT)) continue;
    assertEquals((read(line, WITH_AGENT) as LogRecord).userAgent, AGENT, name);
    count++;
  }
  assertEquals(count > 30, true, `${count}`);
});

Deno.test("formats read the user agents that their servers may add", () => {
  const time = '"2026-11-25T18:00:00Z"', http = '"http.method":"GET","http.status_code":200';
  const lines: Readonly<Record<string, string>> = {
    traefik:
      `{"DownstreamStatus":200,"RequestMethod":"GET","RequestPath":"/a","StartUTC":${time},` +
      `"RequestHost":"h","RouterName":"r","Duration":1,"ClientHost":"::1","request_User-Agent":"${AGENT}"}`,
    cloudflare:
      `{"EdgeResponseStatus":200,"EdgeStartTimestamp":${time},"ClientRequestUserAgent":"${AGENT}"}`,
    "azure-gateway": `{"timeStamp":${time},"category":"ApplicationGatewayAccessLog",` +
      `"properties":{"httpMethod":"GET","httpStatus":200,"userAgent":"${AGENT}"}}`,
    "express-bunyan":
      `{"v":0,"status-code":200,"response-time":1,"time":${time},"user-agent":"${AGENT}"}`,
    ss4o:
      `{"@timestamp":${time},"http":{"response":{"status_code":200},"user_agent":{"original":"${AGENT}"}},` +
      `"communication":{}}`,
    otel: `{"timestamp":${time},"attributes":{${http},"user_agent.original":"${AGENT}"}}`,
    akamai: `{"reqTimeSec":"1795629600","statusCode":"200","reqMethod":"GET","UA":"${AGENT}"}`,
    "api-gateway":
      `{"requestId":"x","requestTime":"25/Nov/2026:18:00:00 +0000","status":"200","path":"/",` +
      `"userAgent":"${AGENT}"}`,
  };
  for (const [name, line] of Object.entries(lines)) {
    const { read } = NAMED_FORMATS.find((format) => format.name === name)!;
    assertEquals((read(line, WITH_AGENT) as LogRecord)?.userAgent, AGENT, name);
  }
});

Deno.test("a line of text has a user agent only behind its size and its referer, and if it is asked for", () => {
  const line = (tail: string) =>
    `192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200${tail}`;
  const { read } = FORMATS.find(({ name }) => name === "combined")!;
  const cases: readonly (readonly [tail: string, agent: string | undefined])[] = [
    [' 512 "-" "curl/8.9.1"', AGENT],
    [' - "-" "curl/8.9.1" 0.015', AGENT],
    [' 512 0.015 "-" "curl/8.9.1"', AGENT],
    [` 512 "-" "a ${String.raw`\"quoted\" \x22`} one"`, String.raw`a \"quoted\" \x22 one`],
    [' 512 "-" "-"', undefined],
    [' 512 "-" ""', undefined],
    [' 512 "curl/8.9.1"', undefined],
    [" 512", undefined],
    ["", undefined],
  ];
  for (const [tail, agent] of cases) {
    assertEquals((read(line(tail), WITH_AGENT) as LogRecord).userAgent, agent, tail);
    assertEquals((read(line(tail)) as LogRecord).userAgent, undefined);
  }
});

Deno.test("columns and templates have user agents as they stand", () => {
  const [iis] = COLUMN_FORMATS;
  const values = "2026-11-25 18:00:00 ::1 GET /a - 80 - 192.0.2.7 Mozilla/5.0+(X11) - 200 0 0 57";
  assertEquals((iis!.read(values, WITH_AGENT) as LogRecord).userAgent, "Mozilla/5.0+(X11)");
  const text = 'X11; "a"';
  const cases: readonly (readonly [template: string, line: string])[] = [
    ['$time_iso8601 $request_method $uri $status "$http_user_agent"', `"X11; \\"a\\""`],
    ["%{%Y-%m-%dT%H:%M:%S%z}t %m %U %>s %{User-Agent}i", "X11"],
    [
      "%START_TIME% %REQ(:METHOD)% %REQ(X-PATH?:PATH)% %RESPONSE_CODE% %REQ(X-UA?USER-AGENT)%",
      "X11",
    ],
    [
      '{"t":"$time_iso8601","m":"$request_method","u":"$uri","s":$status,"a":"$http_user_agent"}',
      "",
    ],
  ];
  for (const [template, agent] of cases.slice(0, 3)) {
    const { read } = importTemplate(template);
    const line = `2026-11-25T18:00:00+00:00 GET /a 200 ${agent}`;
    const wanted = agent.replace(/^"(.*)"$/, "$1");
    assertEquals((read(line, WITH_AGENT) as LogRecord).userAgent, wanted, template);
  }
  // gunicorn's `a` is the user agent, which is Apache's client.
  const gunicorn = importTemplate('%(h)s - %(t)s "%(r)s" %(s)s "%(f)s" "%(a)s"');
  const line = `::1 - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 "-" "${AGENT}"`;
  assertEquals((gunicorn.read(line, WITH_AGENT) as LogRecord).userAgent, AGENT);
  const json = importTemplate(cases[3]![0]);
  const object = { t: "2026-11-25T18:00:00+00:00", m: "GET", u: "/a", s: 200, a: text };
  assertEquals((json.read(JSON.stringify(object), WITH_AGENT) as LogRecord).userAgent, text);
});
