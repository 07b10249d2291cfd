import { assert, assertEquals } from "@std/assert";
import { isAddress, toClientAddress } from "../../../lib/formats/description/client_address.ts";

Deno.test("toClientAddress() drops port, brackets, mapping and what follows in a list", () => {
  const addresses: readonly (readonly [text: string, address: string])[] = [
    ["192.0.2.7", "192.0.2.7"],
    ["192.0.2.7:51234", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:192.0.2.7", "192.0.2.7"],
    ["[::ffff:192.0.2.7]:80", "192.0.2.7"],
    ["2001:db8::1", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["192.0.2.7, 192.0.2.1", "192.0.2.7"],
    ["192.0.2.7:80,192.0.2.1", "192.0.2.7"],
    ["host.example.com", "host.example.com"],
    ["unix:", "unix:"],
    ["-", "-"],
    ["", ""],
  ];
  for (const [text, address] of addresses) assertEquals(toClientAddress(text), address, text);
});

Deno.test("isAddress() knows addresses from times of day, hosts with ports and dates", () => {
  for (
    const text of ["192.0.2.7", "192.0.2.7:80", "::1", "2001:db8::1", "fe80::1%eth0", "[::1]:8"]
  ) {
    assert(isAddress(text), text);
  }
  for (const text of ["08:16:01", "host:443", "a.b.c.d", "2026/02/12", "-", "", "1.2.3", "cafe"]) {
    assert(!isAddress(text), text);
  }
});
