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
 * import { hasClient } from "./has_client.ts";
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
