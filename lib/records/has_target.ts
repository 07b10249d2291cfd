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
 * import { hasTarget } from "./has_target.ts";
 *
 * assert(hasTarget("/health"));
 * for (const endpoint of ["", "-", "\u0016\u0003\u0001"]) assert(!hasTarget(endpoint));
 * ```
 */
export function hasTarget(endpoint: string): boolean {
  return !NO_TARGET.test(endpoint);
}
