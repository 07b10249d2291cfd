import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { readLines } from "../../lib/lines/read_lines.ts";

const encoder = new TextEncoder();

async function linesOf(chunks: Iterable<Uint8Array<ArrayBuffer>>): Promise<string[]> {
  const lines: string[] = [];
  await readLines(ReadableStream.from(chunks), {
    line: (text) => lines.push(text),
    bytes: () => {},
  });
  return lines;
}

function* cut(bytes: Uint8Array<ArrayBuffer>, size: number): Generator<Uint8Array<ArrayBuffer>> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.slice(i, i + size);
}

Deno.test("readLines() cuts at LF and CRLF, and counts a last line without either", async () => {
  for (
    const [text, lines] of [
      ["", []],
      ["\n", [""]],
      ["one", ["one"]],
      ["one\n", ["one"]],
      ["one\r\ntwo\n\nthree", ["one", "two", "", "three"]],
      ["\uFEFFone\n\uFEFFtwo", ["one", "\uFEFFtwo"]],
      ["a\rb\n", ["a\rb"]],
    ] as const
  ) {
    assertEquals(await linesOf([encoder.encode(text)]), lines, JSON.stringify(text));
  }
});

Deno.test("readLines() turns malformed UTF-8 into U+FFFD", async () => {
  assertEquals(await linesOf([Uint8Array.of(0x61, 0xFF, 0x62, 0x0A, 0xE2, 0x82)]), [
    "a\uFFFDb",
    "\uFFFD",
  ]);
});

Deno.test("readLines() gives the same lines however the bytes are cut", async () => {
  const text = fc.array(fc.constantFrom("a", "é", "€", "\u{1F600}", "\n", "\r\n", "\0", "\uFEFF"));
  await fc.assert(fc.asyncProperty(text, async (parts) => {
    const bytes = encoder.encode(parts.join(""));
    const whole = await linesOf([bytes]);
    for (const size of [1, 2, 3, 5]) {
      assertEquals(await linesOf(cut(bytes, size)), whole, `chunks of ${size}`);
    }
    assertEquals(await linesOf([new Uint8Array(0), bytes, new Uint8Array(0)]), whole);
  }));
});

Deno.test("readLines() counts all bytes", async () => {
  let size = 0;
  await readLines(ReadableStream.from(cut(encoder.encode("\uFEFF€\r\nx"), 2)), {
    line: () => {},
    bytes: (count) => size += count,
  });
  assertEquals(size, 9);
});

Deno.test("readLines() visits every line before a failure, then rejects with it", async () => {
  function* failing(): Generator<Uint8Array<ArrayBuffer>> {
    yield encoder.encode("one\ntwo\nthr");
    throw new Deno.errors.NotConnected("cable");
  }
  const lines: string[] = [];
  await assertRejects(
    () =>
      readLines(ReadableStream.from(failing()), {
        line: (text) => lines.push(text),
        bytes: () => {},
      }),
    Deno.errors.NotConnected,
    "cable",
  );
  assertEquals(lines, ["one", "two", "thr"]);
});

Deno.test("readLines() cancels the stream if the visitor throws", async () => {
  const cancelled = Promise.withResolvers<void>();
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(encoder.encode("line\n")),
    cancel: () => cancelled.resolve(),
  });
  const visitor = {
    line: () => {
      throw new RangeError("enough");
    },
    bytes: () => {},
  };
  await assertRejects(() => readLines(endless, visitor), RangeError, "enough");
  await cancelled.promise;
});
