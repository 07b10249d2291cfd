import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type LineVisitor, readLines } from "../../lib/lines/read_lines.ts";
import { Stopped } from "../../lib/lines/until_stopped.ts";
import { makeStop } from "../support/make_stop.ts";

const encoder = new TextEncoder();

const LONG = { maxLineBytes: 2 ** 20 };

function visitorOf(lines: string[]): LineVisitor {
  return {
    line: (text) => lines.push(text),
    tooLong: ({ bytes }) => lines.push(`${bytes} bytes`),
    bytes: () => {},
    warning: () => {},
  };
}

async function linesOf(chunks: Iterable<Uint8Array<ArrayBuffer>>): Promise<string[]> {
  const lines: string[] = [];
  await readLines(ReadableStream.from(chunks), LONG, visitorOf(lines));
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
      ["\uFEFFone\n\uFEFFtwo\n\uFEFF\uFEFFthree", ["one", "two", "\uFEFFthree"]],
      ["a\rb\n", ["a\rb"]],
      ["a\r", ["a"]],
      ["\uFEFF", []],
      ["a\n\r", ["a", ""]],
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
  await readLines(ReadableStream.from(cut(encoder.encode("\uFEFF€\r\nx"), 2)), LONG, {
    ...visitorOf([]),
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
    () => readLines(ReadableStream.from(failing()), LONG, visitorOf(lines)),
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
    ...visitorOf([]),
    line: () => {
      throw new RangeError("enough");
    },
  };
  await assertRejects(() => readLines(endless, LONG, visitor), RangeError, "enough");
  await cancelled.promise;
});

Deno.test("readLines() tells of each line its bytes, in the order of the lines", async () => {
  const log = encoder.encode("a\uFFFD\n12345678\n\r\n123456789\nlast\r");
  log[1] = 0xFF;
  for (const size of [1, 3, 100]) {
    const seen: string[] = [];
    await readLines(ReadableStream.from(cut(log, size)), { maxLineBytes: 7 }, {
      ...visitorOf(seen),
      line: (text, raw) => seen.push(`${text} ${raw.bytes} ${raw.text()}`),
    });
    const first = `a${"\uFFFD".repeat(3)}`;
    assertEquals(seen, [`${first} 4 ${first}`, "8 bytes", " 0 ", "9 bytes", "last 4 last"]);
  }
});

Deno.test("readLines() leaves a line that was begun when it is stopped, and visits those before", async () => {
  for (const rest of ["", "thr"]) {
    const stop = makeStop();
    const endless = async function* (): AsyncGenerator<Uint8Array<ArrayBuffer>> {
      yield await Promise.resolve(encoder.encode(`one\ntwo\n${rest}`));
      setTimeout(() => stop.now(), 5);
      await new Promise(() => {});
    };
    const lines: string[] = [];
    await assertRejects(
      () => readLines(endless(), { ...LONG, stop }, visitorOf(lines)),
      Stopped,
    );
    assertEquals(lines, ["one", "two"]);
  }
});

Deno.test("readLines() reads no further once it is stopped, though there is more", async () => {
  const stop = makeStop();
  let given = 0;
  function* endless(): Generator<Uint8Array<ArrayBuffer>> {
    for (;;) {
      if (++given === 3) stop.now();
      yield encoder.encode("line\n");
    }
  }
  const lines: string[] = [];
  const reading = readLines(ReadableStream.from(endless()), { ...LONG, stop }, visitorOf(lines));
  await assertRejects(() => reading, Stopped);
  assert(lines.length <= 3, `${lines.length} lines`);
});
