const HYPHEN = 0x2D;

/**
 * Whether the client of a record is one.
 *
 * Servers and proxies log `-` or nothing where they know no address, and some formats have none at all. Such records
 * count, but not towards any client.
 *
 * @param ip The client as logged.
 * @returns Whether it is one: not empty, not `-`.
 *
 * @example Clients that are none
 * ```ts
 * import { assert } from "@std/assert";
 * import { hasClient } from "./absent_values.ts";
 *
 * assert(hasClient("192.0.2.1"));
 * for (const ip of ["", "-"]) assert(!hasClient(ip));
 * ```
 */
export function hasClient(ip: string): boolean {
  return ip !== "" && ip !== "-";
}

/** The same as {@linkcode hasClient} of the text that the bytes from `start` to `end` are. */
export function isClient(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 1 || end - start === 1 && bytes[start] !== HYPHEN;
}

// deno-lint-ignore no-control-regex -- control characters are what it looks for
const NO_TARGET = /^-?$|[\u0000-\u001F\u007F-\u009F]/;

/**
 * Whether the endpoint of a record is a request target.
 *
 * Servers log `-` or nothing for a connection on which no request came (a time-out, a port scan), and
 * the raw bytes for a TLS handshake on a plain port. Such records count, but not towards any endpoint.
 *
 * @param endpoint The endpoint as logged.
 * @returns Whether it is a target: not empty, not `-`, free of control characters.
 *
 * @example Requests that are none
 * ```ts
 * import { assert } from "@std/assert";
 * import { hasTarget } from "./absent_values.ts";
 *
 * assert(hasTarget("/health"));
 * for (const endpoint of ["", "-", "\u0016\u0003\u0001"]) assert(!hasTarget(endpoint));
 * ```
 */
export function hasTarget(endpoint: string): boolean {
  return !NO_TARGET.test(endpoint);
}
