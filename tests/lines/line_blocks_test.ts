import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LineBlocks } from "../../lib/lines/line_blocks.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

Deno.test("LineBlocks keeps all lines, whole, in blocks that depend on the lines alone", () => {
  const line = fc.nat(12).map((length) => `${"x".repeat(length)}\n`);
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 9 }),
      (lines, size, atOnce) => {
        const blocksOf = (groups: readonly string[]) => {
          const blocks = new LineBlocks(size);
          const full = groups.flatMap((group) => [...blocks.add(encoder.encode(group))]);
          return [...full, blocks.rest()].map((block) => decoder.decode(block));
        };
        const groups = Array.from(
          { length: Math.ceil(lines.length / atOnce) },
          (_, i) => lines.slice(i * atOnce, (i + 1) * atOnce).join(""),
        );
        const blocks = blocksOf(groups);
        assertEquals(blocks.join(""), lines.join(""));
        assertEquals(blocks, blocksOf(lines), "one line at a time");
        for (const block of blocks.slice(0, -1)) {
          assert(block.endsWith("\n"));
          assert(block.length <= size || block.indexOf("\n") === block.length - 1);
        }
      },
    ),
  );
});
