import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  cutMiddle,
  cutToWidth,
  displayWidth,
} from "../../../lib/report/renderers/display_width.ts";

Deno.test("displayWidth() counts columns as terminals do", () => {
  for (
    const [text, width] of [
      ["", 0],
      ["/api", 4],
      ["é", 1],
      ["e\u0301", 1],
      ["日本語", 6],
      ["ｱ", 1],
      ["Ａ", 2],
      ["한글", 4],
      ["\u{1F600}", 2],
      ["…", 1],
      ["–", 1],
      ["×", 1],
      ["\u{20000}", 2],
    ] as const
  ) assertEquals(displayWidth(text), width, text);
});

Deno.test("cutToWidth() shows where it cut, and never a half character", () => {
  for (
    const [text, columns, cut] of [
      ["abc", 3, "abc"],
      ["abcd", 3, "ab…"],
      ["日本語", 6, "日本語"],
      ["日本語", 5, "日本…"],
      ["日本語", 4, "日…"],
      ["日本語", 1, "…"],
      ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
    ] as const
  ) assertEquals(cutToWidth(text, columns), cut);
});

Deno.test("cutToWidth() is never wider than it may be, and cuts only what is too wide", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "日", "e\u0301", "\u{1F600}"),
    maxLength: 9,
  });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 12 }), (text, columns) => {
    const cut = cutToWidth(text, columns);
    assert(displayWidth(cut) <= columns);
    assertEquals(cut === text, displayWidth(text) <= columns);
  }));
});

Deno.test("cutMiddle() keeps both ends, is never wider than it may be, and cuts only what is too wide", () => {
  assertEquals(cutMiddle("/api/v2/customers/476/orders", 16), "/api/v2/…/orders");
  assertEquals([1, 2, 3].map((columns) => cutMiddle("abcdef", columns)), ["…", "a…", "a…f"]);
  const text = fc.string({
    unit: fc.constantFrom("a", "日", "e\u0301", "\u{1F600}"),
    maxLength: 9,
  });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 12 }), (text, columns) => {
    const cut = cutMiddle(text, columns);
    assert(displayWidth(cut) <= columns);
    assertEquals(cut === text, displayWidth(text) <= columns);
    const [start, end] = cut.split("…");
    assert(text.startsWith(start!) && text.endsWith(end ?? ""));
    // A mark stays with its letter.
    assert(!(end ?? "").startsWith("\u0301"));
  }));
});
