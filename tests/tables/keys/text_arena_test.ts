import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { TextArena } from "../../../lib/tables/keys/text_arena.ts";
import { LONGEST_TEXT } from "../../../lib/tables/text_bytes.ts";

const ENCODER = new TextEncoder();

Deno.test("TextArena keeps texts of all lengths, and those that stay when others go", () => {
  const text = fc.tuple(
    fc.constantFrom("a", "é", "\u{1F600}"),
    fc.oneof(fc.nat(20), fc.nat(30_000)),
    fc.boolean(),
  ).map(([unit, times, stays]) => ({ text: unit.repeat(times), stays }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
      const arena = new TextArena();
      const placed = texts.map(({ text, stays }) => {
        const bytes = ENCODER.encode(text);
        return { text, stays, bytes, address: arena.append(bytes, 0, bytes.length) };
      });
      const read = ({ address, bytes }: typeof placed[number]) =>
        arena.textAt(address, bytes.length);
      assertEquals(placed.map(read), texts.map(({ text }) => text));

      const before = arena.byteLength;
      const left = placed.filter(({ stays }) => stays);
      arena.restart();
      for (const place of left) place.address = arena.move(place.address, place.bytes.length);
      assertEquals(left.map(read), left.map(({ text }) => text));
      for (const { address, bytes } of left) {
        assertEquals(arena.isAt(address, bytes.length, bytes, 0), true);
        if (bytes.length > 0) {
          bytes[bytes.length - 1]! ^= 1;
          assertEquals(arena.isAt(address, bytes.length, bytes, 0), false);
        }
      }
      assertEquals(arena.byteLength, before);
    }),
    { numRuns: 200 },
  );
});

Deno.test("TextArena holds the longest text, and no longer one", () => {
  const arena = new TextArena();
  const bytes = new Uint8Array(LONGEST_TEXT + 1).fill(0x61);
  arena.append(bytes, 0, 1);
  assertEquals(arena.textAt(arena.append(bytes, 1, LONGEST_TEXT + 1), 3), "aaa");
  assertThrows(
    () => arena.append(bytes, 0, LONGEST_TEXT + 1),
    RangeError,
    `a text of ${LONGEST_TEXT + 1} bytes`,
  );
});
