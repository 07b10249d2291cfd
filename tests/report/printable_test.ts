import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { printable } from "../../lib/report/printable.ts";

Deno.test("printable() escapes what a terminal obeys, hides or reorders", () => {
  for (
    const [text, shown] of [
      ["\u0000\u0007\t\n\r\u001B\u007F", "\\x00\\x07\\x09\\x0a\\x0d\\x1b\\x7f"],
      ["\u0085\u009B31m", "\\x85\\x9b31m"],
      ["\u200E\u202E\u2066\u2069\u061C", "\\u{200e}\\u{202e}\\u{2066}\\u{2069}\\u{61c}"],
      ["\u2028\u2029", "\\u{2028}\\u{2029}"],
      ["\uFEFF\u00AD\u200B\uE000", "\\u{feff}\\xad\\u{200b}\\u{e000}"],
      ["\u{E0041}\u{F0000}\uD800", "\\u{e0041}\\u{f0000}\\u{d800}"],
    ] as const
  ) assertEquals(printable(text), shown);
});

Deno.test("printable() leaves text alone that prints", () => {
  for (const text of ["", "/api?q=ä&r=日本語", "é", "e\u0301", "\u{1F600}", "\u00A0"]) {
    assertEquals(printable(text), text);
  }
});

Deno.test("printable() leaves no control character in any text", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const units = [...printable(text)].map((character) => character.codePointAt(0)!);
    assertEquals(units.filter((unit) => unit < 0x20 || unit >= 0x7F && unit < 0xA0), []);
  }));
});
