import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { OWN_FORMAT } from "../../../lib/formats/json/own_format.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";

const encoder = new TextEncoder();

/** What the engine makes of the same text, or −1 where it is no UTF-8. */
function expected(bytes: Uint8Array): Uint8Array | -1 {
  try {
    const text = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
    return encoder.encode((JSON.parse(`"${text}"`) as string).toWellFormed());
  } catch (error) {
    if (error instanceof TypeError) return -1;
    throw error;
  }
}

const reader = new LineReader();
reader.learn(OWN_FORMAT.learn('{"endpoint":"/","status_code":"200"}')!);

/** The key that is read of a text, or −1 where the line is left to the parser. */
function unescaped(bytes: Uint8Array): Uint8Array | -1 {
  const { batch } = reader, { starts, ends } = batch.endpoints;
  const around = ['{"endpoint":"', '","status_code":"200"}\n'].map((text) => encoder.encode(text));
  const block = Uint8Array.of(...around[0]!, ...bytes, ...around[1]!);
  reader.open(block);
  reader.clear();
  const end = reader.read(0);
  if (batch.size === 0) return reader.irregularEnd === block.length ? -1 : new Uint8Array([0xFF]);
  assertEquals(end, block.length);
  return batch.bytes.slice(starts[0]!, ends[0]!);
}

const unit = fc.oneof(
  fc.nat(0xFFFF),
  fc.constantFrom(0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000),
).map((unit) => "\\u" + unit.toString(16).padStart(4, "0"));
const piece = fc.oneof(
  unit,
  unit.map((escape) => "\\u" + escape.slice(2).toUpperCase()),
  fc.constantFrom(...'"\\/bfnrt').map((letter) => `\\${letter}`),
  fc.string({ unit: "grapheme", maxLength: 3 })
    .map((text) => [...text].filter((unit) => unit >= " " && unit !== '"' && unit !== "\\"))
    .map((units) => units.join("").toWellFormed()),
  fc.constantFrom("\\ud83d\\ude00", "\\uD83D", "\\uDE00", "\uFEFF", "/api", ""),
);

Deno.test("LineReader reads as a key what the engine makes of a string of JSON", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const bytes = encoder.encode(pieces.join(""));
      fc.pre(bytes.length > 0);
      assertEquals(unescaped(bytes), expected(bytes));
    }),
    { numRuns: 3000 },
  );
});

Deno.test("LineReader leaves keys that are no UTF-8", () => {
  const byte = fc.constantFrom(
    ...[0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1],
    ...[0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF],
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3 }),
      fc.array(byte, { maxLength: 5 }),
      (some, others) => {
        const bytes = Uint8Array.of(...some, ...others)
          .filter((byte) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5C);
        fc.pre(bytes.length > 0);
        assertEquals(unescaped(bytes), expected(bytes));
      },
    ),
    { numRuns: 5000 },
  );
});
