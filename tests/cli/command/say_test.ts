import { assertEquals } from "@std/assert";
import { quote } from "../../../lib/cli/command/say.ts";

Deno.test("quote() shows at most 30 characters, none cut in two, none that a terminal obeys", () => {
  for (
    const [text, quoted] of [
      ["", ""],
      ["x".repeat(30), "x".repeat(30)],
      ["x".repeat(31), `${"x".repeat(30)}…`],
      ["\u{1F600}".repeat(30), "\u{1F600}".repeat(30)],
      ["\u{1F600}".repeat(40), `${"\u{1F600}".repeat(30)}…`],
      ["x" + "\u{1F600}".repeat(40), `x${"\u{1F600}".repeat(29)}…`],
      ["\n", "\\x0a"],
    ] as const
  ) assertEquals(quote(text), quoted);
});
