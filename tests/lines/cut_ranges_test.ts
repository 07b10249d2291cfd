import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cutRanges } from "../../lib/lines/cut_ranges.ts";

const LF = 0x0A;

function reading(file: Uint8Array, most: number) {
  return (place: number, into: Uint8Array) => {
    const read = file.subarray(place, place + Math.min(into.length, most));
    into.set(read);
    return Promise.resolve(read.length);
  };
}

Deno.test("cutRanges() cuts after line ends alone, and as evenly as they allow", async () => {
  const file = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constant(0x61) }, fc.constant(LF)), {
    maxLength: 200,
  }).map((bytes) => Uint8Array.from(bytes));
  await fc.assert(
    fc.asyncProperty(
      file,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 50 }),
      async (file, count, most) => {
        const starts = await cutRanges(file.length, count, reading(file, most));
        assertEquals(starts.length, count);
        for (const [i, start] of starts.entries()) {
          // Where the naive way would cut: behind the first line end at or after the even place.
          const even = Math.floor(file.length * i / count);
          const lf = even === 0 ? -1 : file.indexOf(LF, even - 1);
          assertEquals(start, even === 0 ? 0 : lf === -1 ? file.length : lf + 1);
          assert(i === 0 || start >= starts[i - 1]!);
        }
      },
    ),
  );
});

Deno.test("cutRanges() reads on through a line that is longer than it reads at once", async () => {
  const file = new Uint8Array(300_000).fill(0x61);
  file[250_000] = LF;
  assertEquals(await cutRanges(file.length, 3, reading(file, Infinity)), [0, 250_001, 250_001]);
});
