/** How many bits an IPv6 address has. */
const BITS = 128;

/** A range of addresses: those whose first bits are the same. */
export interface AddressRange {
  /** Its first address, eight groups of 16 bits. */
  readonly groups: readonly number[];
  /** How many bits are the same in all of its addresses. */
  readonly bits: number;
}

/** The addresses of IPv4, `::ffff:0:0/96` (RFC 4291, 2.5.5.2). */
const MAPPED: AddressRange = { groups: [0, 0, 0, 0, 0, 0xFFFF, 0, 0], bits: 96 };

/**
 * Reads an IPv4 or IPv6 address: eight groups of 16 bits, an IPv4 address as the mapped one; `undefined` if it is none.
 *
 * @example Two notations of one address
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseAddress } from "./address_range.ts";
 *
 * assertEquals(parseAddress("192.0.2.7"), parseAddress("::ffff:c000:207"));
 * ```
 */
export function parseAddress(text: string): number[] | undefined {
  const v4 = /^(?:.*:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (v4 !== null) {
    const bytes = v4.slice(1).map(Number);
    if (bytes.some((byte) => byte > 255)) return undefined;
    const [high, low] = [bytes[0]! << 8 | bytes[1]!, bytes[2]! << 8 | bytes[3]!];
    const start = text.lastIndexOf(":") + 1;
    if (start === 0) return [0, 0, 0, 0, 0, 0xFFFF, high, low];
    return parseAddress(`${text.slice(0, start)}${high.toString(16)}:${low.toString(16)}`);
  }
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [left, right] = halves.map((half) => half === "" ? [] : half.split(":"));
  const given = [...left!, ...right ?? []], missing = 8 - given.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  if (!given.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const zeros = Array.from({ length: missing }, () => "0");
  return [...left!, ...zeros, ...right ?? []].map((group) => parseInt(group, 16));
}

/**
 * Reads a range of addresses in CIDR notation (RFC 4632, RFC 4291), or one address; `undefined` if it is none. Bits
 * behind the prefix are ignored.
 */
export function parseRange(text: string): AddressRange | undefined {
  const [, address = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const groups = parseAddress(address);
  if (groups === undefined) return undefined;
  const all = address.includes(":") ? BITS : 32, bits = Number(length ?? all);
  return bits > all ? undefined : { groups, bits: BITS - all + bits };
}

/** Whether a range has an address. A range of IPv6 has those of IPv4 only if it is one of mapped addresses. */
export function contains({ groups, bits }: AddressRange, address: readonly number[]): boolean {
  if (bits < MAPPED.bits && contains(MAPPED, address)) return false;
  for (let i = 0; i < groups.length; i++) {
    const left = bits - 16 * i;
    if (left <= 0) return true;
    const mask = left >= 16 ? 0xFFFF : 0xFFFF << 16 - left & 0xFFFF;
    if ((groups[i]! & mask) !== (address[i]! & mask)) return false;
  }
  return true;
}
