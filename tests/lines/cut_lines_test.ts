import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cutLines } from "../../lib/lines/cut_lines.ts";
import { cutInto } from "../support/analyze_bytes.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();

/** The lines in the order of the cuts: the bytes of each, or how many there were too many. */
async function linesOf(bytes: Bytes, size: number, max: number): Promise<(string | number)[]> {
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += size) {
      const chunk = bytes.slice(i, i + size);
      yield await Promise.resolve(chunk);
      chunk.fill(0x21);
    }
  }
  const lines: (string | number)[] = [];
  for await (const cut of cutLines(chunks(), max)) {
    if ("tooLong" in cut) {
      lines.push(cut.tooLong.bytes);
      continue;
    }
    const text = binary(cut.lines);
    assert(text.endsWith("\n"), "whole lines");
    lines.push(...text.slice(0, -1).split("\n").map((line) => line.replace(/\r$/, "")));
  }
  return lines;
}

function binary(bytes: Uint8Array): string {
  return [...bytes].map((byte) => String.fromCharCode(byte)).join("");
}

function naive(bytes: Bytes, max: number): (string | number)[] {
  const lines = binary(bytes).split("\n");
  if (["", "\xEF\xBB\xBF"].includes(lines.at(-1)!)) lines.pop();
  // A byte order mark stays before its line, and does not count.
  return lines.map((line) => line.replace(/\r$/, "")).map((line) => {
    const { length } = line.replace(/^\xEF\xBB\xBF/, "");
    return length > max ? length : line;
  });
}

const hardBytes = fc.array(
  fc.oneof(
    fc.constantFrom("\n", "\r", "\r\n", "a", "\uFEFF", "é", "\0"),
    fc.nat(9).map((length) => "x".repeat(length)),
  ),
  { maxLength: 30 },
).map((parts) => encoder.encode(parts.join("")));

Deno.test("cutLines() cuts as a naive split does, at every chunk size and limit", async () => {
  await fc.assert(
    fc.asyncProperty(hardBytes, fc.integer({ min: 1, max: 12 }), async (bytes, max) => {
      const expected = naive(bytes, max);
      for (const size of [1, 2, 3, 7, 100]) {
        assertEquals(await linesOf(bytes, size, max), expected, `chunks of ${size}`);
      }
    }),
    { numRuns: 500 },
  );
});

Deno.test("cutLines() counts a limit without LF or CR LF", async () => {
  for (const end of ["\n", "\r\n", "\r", ""]) {
    const log = (length: number) => encoder.encode(`\uFEFF${"x".repeat(length)}${end}`);
    for (const size of [1, 64, 9000]) {
      assertEquals(await linesOf(log(5000), size, 5000), [`\xEF\xBB\xBF${"x".repeat(5000)}`]);
      assertEquals(await linesOf(log(5001), size, 5000), [5001]);
    }
  }
});

Deno.test("cutLines() shows the first 4 KiB of a line that is too long", async () => {
  const text = Array.from({ length: 3000 }, (_, i) => i % 10).join("").repeat(3);
  for (
    const [size, max] of [[1, 10], [1000, 10], [9001, 10], [1000, 8999], [9001, 8999]] as const
  ) {
    const bytes = encoder.encode(`${text}\nrest`);
    const chunks = ReadableStream.from(cutInto(bytes, size));
    const [cut, rest] = await Array.fromAsync(cutLines(chunks, max));
    assertEquals(rest, { lines: encoder.encode("rest\n") });
    if (cut === undefined || !("tooLong" in cut)) throw new TypeError("expected a line cut out");
    assertEquals([cut.tooLong.bytes, cut.tooLong.isWhole], [9000, false]);
    assertEquals(cut.tooLong.text(), text.slice(0, 4096));
  }
});

Deno.test("cutLines() returns from its source when nobody asks on", async () => {
  let isLeft = false;
  async function* endless() {
    try {
      while (true) yield await Promise.resolve(encoder.encode("line\n"));
    } finally {
      isLeft = true;
    }
  }
  for await (const _ of cutLines(endless(), 100)) break;
  assert(isLeft);
});
