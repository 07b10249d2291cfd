/**
 * Writes records as Caddy logs them, with headers that differ from request to request:
 * `generator | deno run tests/bench/peers/write_caddy.ts`.
 *
 * @module
 */

import { TextLineStream } from "@std/streams/text-line-stream";

const LANGUAGES = ["de,en;q=0.7", "en-GB", "fr-CH, fr;q=0.9, en;q=0.8", "*"];

/** The headers of a request, as a browser, a program or a proxy sends them. */
function headersOf(n: number, userAgent: string): Record<string, string[]> {
  const language = LANGUAGES[n % LANGUAGES.length]!;
  switch (n % 5) {
    case 0:
      return { "User-Agent": [userAgent], Accept: ["*/*"] };
    case 1:
      return {
        Accept: ["text/html", "image/avif"],
        "Accept-Language": [language],
        "User-Agent": [userAgent],
        Cookie: ["REDACTED"],
      };
    case 2:
      return {
        "X-Forwarded-For": ["198.51.100.7, 203.0.113.9"],
        "X-Request-Id": [`${n}-a`],
        "User-Agent": [userAgent],
      };
    case 3:
      return {
        "User-Agent": [userAgent],
        "Sec-Fetch-Mode": ["navigate"],
        "If-None-Match": [`"${n}"`],
        "Accept-Encoding": ["gzip, deflate, br"],
        Referer: ['https://www.example.com/a?b="c"'],
      };
    default:
      return {};
  }
}

/**
 * Writes a request as Caddy does.
 *
 * @param line The request as the generator writes it.
 * @param n How many were written before.
 */
export function writeCaddy(line: string, n: number): string {
  const { method, endpoint, status_code, ip, response_time, user_agent, timestamp } = JSON.parse(
    line,
  );
  const seconds = Date.parse(`${timestamp.slice(0, 19)}Z`) / 1000;
  const fraction = /\.(\d+)/.exec(timestamp)?.[1] ?? "0";
  const request = {
    remote_ip: ip,
    remote_port: String(20_000 + n % 40_000),
    client_ip: ip,
    proto: "HTTP/2.0",
    method,
    host: "www.example.com",
    uri: endpoint,
    headers: headersOf(n, user_agent ?? ""),
  };
  const answer = n % 3 === 0 ? { Server: ["Caddy"] } : {
    Server: ["Caddy"],
    "Content-Type": ["application/json"],
    Etag: [`"${n}"`],
  };
  return `{"level":"info","ts":${seconds}.${fraction},"logger":"http.log.access.log0",` +
    `"msg":"handled request","request":${JSON.stringify(request)},"bytes_read":0,"user_id":"",` +
    `"duration":${(response_time / 1000).toFixed(6)},"size":${n % 5000},` +
    `"status":${status_code},"resp_headers":${JSON.stringify(answer)}}`;
}

if (import.meta.main) {
  const encoder = new TextEncoder(), lines: string[] = [];
  const flush = () => {
    const bytes = encoder.encode(lines.map((line) => `${line}\n`).join(""));
    for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
    lines.length = 0;
  };
  let n = 0;
  const input: ReadableStream<string> = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  for await (const line of input) {
    lines.push(writeCaddy(line, n++));
    if (lines.length === 1000) flush();
  }
  flush();
}
