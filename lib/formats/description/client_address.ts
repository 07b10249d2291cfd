const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV4_AND_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/;
const BRACKETED = /^\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\](?::\d{1,5})?$/;
const IPV6 = /^[0-9A-Fa-f:.]+(?:%[\w.-]+)?$/;
const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/**
 * Shows a client's address as all formats show it: without port and brackets, an IPv4 address that is mapped into
 * IPv6 (RFC 4291, section 2.5.5.2) as IPv4, and of a list one.
 *
 * @param text The address as logged, or a host name.
 * @param which Which of a list: the first is what the visitor claims, the last what the nearest proxy saw.
 * @returns The address; what has no such form stays as it is.
 *
 * @example Four ways to log an address
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { toClientAddress } from "./client_address.ts";
 *
 * for (const text of ["192.0.2.7", "192.0.2.7:51234", "::ffff:192.0.2.7", "192.0.2.7, 192.0.2.1"]) {
 *   assertEquals(toClientAddress(text), "192.0.2.7");
 * }
 * assertEquals(toClientAddress("192.0.2.7, 192.0.2.1", "last"), "192.0.2.1");
 * assertEquals(toClientAddress("[2001:db8::1]:443"), "2001:db8::1");
 * ```
 */
export function toClientAddress(text: string, which: "first" | "last" = "first"): string {
  const comma = which === "first" ? text.indexOf(",") : text.lastIndexOf(",");
  const one = comma === -1
    ? text
    : (which === "first" ? text.slice(0, comma) : text.slice(comma + 1)).trim();
  const bare = IPV4_AND_PORT.exec(one)?.[1] ?? BRACKETED.exec(one)?.[1] ?? one;
  return MAPPED.exec(bare)?.[1] ?? bare;
}

/** Tells whether a text is an IP address, perhaps with port, brackets or zone; a time of day is none. */
export function isAddress(text: string): boolean {
  const address = toClientAddress(text);
  if (IPV4.test(address)) return true;
  return IPV6.test(address) && (address.includes("::") || address.split(":").length === 8);
}
