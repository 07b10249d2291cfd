/** A template without what stands around it in a configuration. */
export interface Unwrapped {
  /** The template. */
  readonly text: string;
  /** What `escape=` says. */
  readonly escape: string | undefined;
}

const PIECE = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs;
const NGINX =
  /^\s*log_format\s+\S+\s+(?:escape=(\w+)\s+)?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\s|#.*\n)+);?\s*$/s;
const APACHE =
  /^\s*(?:LogFormat|CustomLog\s+(?:"[^"]*"|\S+))\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^"']*$/is;
/** A setting whose value is a quoted text: lighttpd, gunicorn, HAProxy, Envoy in YAML, Tomcat. */
const SETTING =
  /^\s*"?[A-Za-z_][\w.-]*"?\s*(?:[=:]|\s)\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*[;,]?\s*$/s;
const BARE_HAPROXY = /^\s*log-format\s+([^"'\s].*?)\s*$/s;
const JSON_SETTING = /^\s*"?json_format"?\s*:\s*(\{.*\})\s*,?\s*$/s;
const QUOTED = /^\s*(?:'(?:[^'\\]|\\.)*'\s*)+;?\s*$/s;
const NAMED: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };

/**
 * Takes a template out of the line of a configuration that it stands in, such as `log_format main '…' '…';`,
 * `LogFormat "…" combined` or `log-format "…"`; one that stands alone is left as it is.
 *
 * @param text The template, or the line.
 * @returns The template, without the line end that it may have.
 *
 * @example Two quoted pieces of nginx
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unwrapTemplate } from "./unwrap_template.ts";
 *
 * assertEquals(
 *   unwrapTemplate(`log_format main escape=json '$remote_addr [$time_local] ' '"$request" $status';`),
 *   { text: '$remote_addr [$time_local] "$request" $status', escape: "json" },
 * );
 * ```
 */
export function unwrapTemplate(text: string): Unwrapped {
  const { text: inner, escape } = unwrap(text);
  return { text: inner.replace(/(?:\r?\n|\\n)$/, ""), escape };
}

function unwrap(text: string): Unwrapped {
  const [, escape, nginx] = NGINX.exec(text) ?? [];
  if (nginx !== undefined) return { text: joinPieces(nginx), escape };
  const [, pieces] = APACHE.exec(text) ?? [];
  if (pieces !== undefined) return { text: joinPieces(pieces), escape: undefined };
  const [, json] = JSON_SETTING.exec(text) ?? [];
  if (json !== undefined) return { text: json, escape: undefined };
  const [, setting] = SETTING.exec(text) ?? [];
  if (setting !== undefined) {
    return { text: joinPieces(setting).replaceAll("&quot;", '"'), escape: undefined };
  }
  const [, haproxy] = BARE_HAPROXY.exec(text) ?? [];
  if (haproxy !== undefined) return { text: unescape(haproxy), escape: undefined };
  if (QUOTED.test(text)) return { text: joinPieces(text), escape: undefined };
  const trimmed = text.replace(/^\s+|\s+$/g, "");
  // Copied without the quotes around it: each of its own is still escaped.
  const isEscaped = trimmed.includes('\\"') && !/(?<!\\)"/.test(trimmed);
  const isBareHaproxy = /%[^ ]*\\ /.test(trimmed);
  return { text: isEscaped || isBareHaproxy ? unescape(trimmed) : trimmed, escape: undefined };
}

function joinPieces(text: string): string {
  return [...text.matchAll(PIECE)].map(([, single, double]) => unescape((single ?? double)!)).join(
    "",
  );
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gs, (_, character: string) => NAMED[character] ?? character);
}
