import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Buffer } from "node:buffer";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { encodeRecord } from "../../schema.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How many bytes of zeros are put between pieces. */
const PADDING = 7;

/** Files of records, some of which begin with a byte order mark. */
const file = fc.tuple(fc.constantFrom("", "\uFEFF"), fc.array(logRecord, { maxLength: 4 }))
  .map(([mark, records]) =>
    records.length === 0 ? "" : mark + records.map((record) => `${encodeRecord(record)}\n`).join("")
  );
const compressed = fc.record({
  text: file,
  compress: fc.constantFrom<(text: string) => Uint8Array>(
    (text) => gzipSync(text),
    (text) => zstdCompressSync(text),
  ),
  isPadded: fc.boolean(),
});

/** Compressed files one behind the other, some with zeros between, and a plain one behind them. */
const pieces = fc.record({
  members: fc.array(compressed, { minLength: 1, maxLength: 4 }),
  plain: file,
  chunkBytes: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 })),
});

/** Asserts that files put together count as their texts do, whatever each is compressed with. */
export async function fuzzPieces(
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<void> {
  const property = fc.asyncProperty(pieces, async ({ members, plain, chunkBytes }) => {
    const bytes = join([
      ...members.flatMap(({ text, compress, isPadded }) => [
        compress(text),
        new Uint8Array(isPadded ? PADDING : 0),
      ]),
      Buffer.from(plain),
    ]);
    const found = await analyzeBytes(cutInto(bytes, chunkBytes));
    const texts = [...members.map(({ text }) => text), plain];
    const expected = await analyzeBytes([join([Buffer.from(texts.join(""))])]);
    assertEquals(jsonOf(found.report), jsonOf(expected.report));
    assertEquals(expected.report.input.rejected, 0);
    assert(found.messages.every((message) => message.includes("zero padding of")));
  });
  await fc.assert(property, { numRuns: runs, seed });
}

function join(parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts));
}
