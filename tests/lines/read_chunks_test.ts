import { assertEquals } from "@std/assert";
import { readChunks } from "../../lib/lines/read_chunks.ts";

/** A stream of bytes that gives pieces of one size, numbered, and notes whether it was cancelled. */
function pieces(
  count: number,
  size: number,
): { stream: ReadableStream<Uint8Array<ArrayBuffer>>; isCancelled: boolean } {
  let given = 0;
  const of = {
    isCancelled: false,
    stream: new ReadableStream({
      type: "bytes",
      pull(controller) {
        if (given === count) {
          controller.close();
          (controller as ReadableByteStreamController).byobRequest?.respond(0);
        } else controller.enqueue(new Uint8Array(size).fill(++given));
      },
      cancel() {
        of.isCancelled = true;
      },
    }),
  };
  return of;
}

Deno.test("readChunks leaves what is behind the last chunk to another reader", async () => {
  const of = pieces(5, 3), first: number[] = [], rest: number[] = [];
  for await (const chunk of readChunks(of.stream, (chunk) => chunk[0] === 2)) first.push(...chunk);
  assertEquals(first, [1, 1, 1, 2, 2, 2]);
  assertEquals(of.isCancelled, false);
  for await (const chunk of readChunks(of.stream)) rest.push(...chunk);
  assertEquals(rest, [3, 3, 3, 4, 4, 4, 5, 5, 5]);
});

Deno.test("readChunks closes a stream that nobody reads on", async () => {
  const of = pieces(5, 3);
  for await (const _ of readChunks(of.stream)) break;
  assertEquals(of.isCancelled, true);
});
