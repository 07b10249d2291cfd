import { assertEquals } from "@std/assert";
import { hasSequence, HEAD_BYTES } from "../../../lib/cli/threads/has_sequence.ts";

const HEADER = "#Fields: date time cs-method cs-uri-stem sc-status";

Deno.test("hasSequence() looks for a header in the first lines", () => {
  const line = "2026-11-25 18:00:00 GET /a 200\n";
  const cases: readonly (readonly [text: string, isOne: boolean])[] = [
    ["", false],
    ["\n", false],
    [line, false],
    [HEADER, true],
    [`${HEADER}\n`, true],
    [`\r\n \t\r\n${HEADER}\r\n${line}`, true],
    [`${"\n".repeat(HEAD_BYTES)}${HEADER}\n`, false],
  ];
  for (const [text, isOne] of cases) {
    assertEquals(
      hasSequence(new TextEncoder().encode(text)),
      isOne,
      JSON.stringify(text.slice(0, 99)),
    );
  }
});
