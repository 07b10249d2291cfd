import { assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import type { CommandError } from "../../../lib/cli/command/command.ts";
import { type Input, readInputs } from "../../../lib/cli/reading/inputs.ts";

const encoder = new TextEncoder();

async function seen(inputs: readonly Input[]): Promise<string[]> {
  const events: string[] = [];
  await readInputs(inputs, { maxLineBytes: 8 }, {
    line: (text, { input, number }) => events.push(`${input}:${number} ${text}`),
    tooLong: ({ input, number, raw }) => events.push(`${input}:${number} ${raw.bytes} bytes`),
    bytes: () => {},
    warning: (remark) => events.push(remark),
    failure: (error: CommandError) => events.push(error.message),
  });
  return events;
}

function inputOf(name: string, ...parts: readonly (string | Uint8Array | Error)[]): Input {
  async function* chunks() {
    for (const part of parts) {
      if (part instanceof Error) throw part;
      yield await Promise.resolve(typeof part === "string" ? encoder.encode(part) : part.slice());
    }
  }
  return { name, open: chunks };
}

Deno.test("readInputs() numbers the lines of each input, those too long among them", async () => {
  assertEquals(await seen([inputOf("a", "1\n123456789\n3"), inputOf("b", "123456789\n\n")]), [
    "a:1 1",
    "a:2 9 bytes",
    "a:3 3",
    "b:1 9 bytes",
    "b:2 ",
  ]);
});

Deno.test("readInputs() gives what came before an input turns unreadable, and reads the next", async () => {
  const broken = Object.assign(new Error("Input/output error (os error 5)"), { code: "EIO" });
  const gone: Input = {
    name: "gone",
    // deno-lint-ignore require-yield
    open: async function* () {
      await Promise.reject(new Deno.errors.NotFound("No such file"));
    },
  };
  assertEquals(await seen([inputOf("a", "1\n2", broken), gone, inputOf("c", "3\n")]), [
    "a:1 1",
    "a:2 2",
    "Cannot read a: Input/output error (os error 5)",
    "Cannot read gone: there is no such file",
    "c:1 3",
  ]);
});

Deno.test("readInputs() says what is wrong with compressed data, its name safe for a terminal", async () => {
  const compressed = gzipSync("1\n2\n");
  const cut = compressed.subarray(0, -2);
  const padded = Buffer.concat([compressed, Buffer.alloc(3)]);
  const events = await seen([inputOf("a\u001B.gz", cut), inputOf("b.gz", padded)]);
  assertEquals(events.filter((event) => /:\d/.test(event)), [
    "a\u001B.gz:1 1",
    "a\u001B.gz:2 2",
    "b.gz:1 1",
    "b.gz:2 2",
  ]);
  assertEquals(events.filter((event) => !/:\d/.test(event)), [
    "Cannot read a\\x1b.gz: the compressed data ends too early",
    "Reading b.gz: ignored zero padding of 3 bytes after the compressed data",
  ]);
});
