import { Buffer } from "node:buffer";
import { assert, assertEquals } from "@std/assert";
import { Random } from "../../../lib/traffic/random.ts";
import { startScript } from "../../support/run_script.ts";

/** What a pipe gives at most at once: larger chunks were read ahead. */
const PIPE_BYTES = 2 ** 16;
const MIB = 2 ** 20;

type Pieces = AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;

/** Sends pieces to a script that copies stdin; gives what it wrote, and the sizes of the chunks that it got. */
async function copy(
  pieces: Pieces,
): Promise<readonly [Uint8Array<ArrayBuffer>, readonly number[]]> {
  const child = startScript("tests/support/copy_stdin.ts", { flags: ["--quiet"] });
  const feeding = ReadableStream.from(pieces).pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  await feeding;
  assertEquals(code, 0);
  const said = new TextDecoder().decode(stderr).split("\n");
  assertEquals(said.slice(-2), ["end", ""]);
  return [stdout, said.slice(0, -2).map(Number)];
}

/** Bytes of which no two stretches are alike. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const random = Random.fromSeed(7);
  return new Uint8Array(Uint32Array.from({ length: length / 4 }, () => random.next()).buffer);
}

Deno.test("stdin comes whole, however long it is and in whatever pieces", async () => {
  const random = Random.fromSeed(1), bytes = randomBytes(9 * MIB);
  async function* pieces() {
    for (let at = 0, size; at < bytes.length; at += size) {
      // Some fill the pipe, some come alone.
      size = [1, 1000, PIPE_BYTES, 700_000][random.below(4)]!;
      yield bytes.slice(at, at + size);
      if (random.below(20) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const [copied, sizes] = await copy(pieces());
  assertEquals(Buffer.compare(copied, bytes), 0);
  assertEquals(sizes.reduce((sum, size) => sum + size), bytes.length);
  assert(Math.max(...sizes) <= MIB / 4);
});

Deno.test("a long stdin is read while the reader is at work, a short one is not", async () => {
  const [, sizes] = await copy([randomBytes(12 * MIB)]);
  assert(Math.max(...sizes) > PIPE_BYTES, `in chunks of ${Math.max(...sizes)} bytes at most`);
  const [, few] = await copy([randomBytes(MIB)]);
  assert(Math.max(...few) <= PIPE_BYTES);
});

Deno.test("a long stdin may end once a thread could read on, and has not begun", async () => {
  // As many as a thread is started for.
  const bytes = randomBytes(2 * MIB);
  async function* pieces() {
    yield bytes;
    // The thread is there meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const [copied] = await copy(pieces());
  assertEquals(copied.length, bytes.length);
});

Deno.test("what came of a long stdin is there at once, though the sender is silent", async () => {
  const child = startScript("tests/support/copy_stdin.ts", { flags: ["--quiet"] });
  const writer = child.stdin.getWriter(), copied = child.stdout.getReader();
  const bytes = randomBytes(6 * MIB);
  let got = 0;
  // Ends of pieces at the size of a pipe, where a reader might wait for the rest.
  for (let at = 0, size; at < bytes.length; at += size) {
    size = at % 2 === 0 ? 24 * PIPE_BYTES : 24 * PIPE_BYTES + 1;
    const sent = writer.write(bytes.slice(at, at + size));
    while (got < Math.min(bytes.length, at + size)) got += (await copied.read()).value!.length;
    await sent;
  }
  assertEquals(got, bytes.length);
  await writer.close();
  assertEquals((await copied.read()).done, true);
  await child.stderr.cancel();
  assertEquals((await child.status).code, 0);
});
