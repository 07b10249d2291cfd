import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { learnLayout } from "../../lib/scan/layout.ts";
import { LineReader } from "../../lib/scan/line_reader.ts";
import { mixText } from "../../lib/sketches/mix_text.ts";

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."/abc.1~"), maxLength: 40 }),
  fc.string({ maxLength: 12 }),
);

Deno.test("LineReader mixes keys as mixText() does, wherever in a block they end", () => {
  fc.assert(
    fc.property(value, value, value, fc.boolean(), (method, endpoint, ip, isIpLast) => {
      const others = { status_code: "200", timestamp: "2025-12-24T00:00:00" };
      const record = isIpLast
        ? { method, ...others, endpoint, ip }
        : { ...others, ip, endpoint, method };
      const line = JSON.stringify(record), block = new TextEncoder().encode(`${line}\n`);
      const reader = new LineReader(), { batch } = reader;
      reader.open(block);
      const end = reader.read(reader.compile(learnLayout(line)!)!, 0);
      // Escapes are for the parser.
      const isPlain = JSON.stringify(method + endpoint + ip).length ===
        method.length + endpoint.length + ip.length + 2;
      assertEquals([end, reader.oddEnd], isPlain ? [block.length, -1] : [0, block.length]);
      assertEquals(batch.size, Number(isPlain));
      if (!isPlain) return;
      const mixAt = (starts: Int32Array, ends: Int32Array) =>
        mixText(batch.bytes, starts[0]!, ends[0]!);
      assertEquals(batch.methodMixes[0], mixAt(batch.methodStarts, batch.methodEnds));
      assertEquals(batch.endpointMixes[0], mixAt(batch.endpointStarts, batch.endpointEnds));
      assertEquals(batch.ipMixes[0], mixAt(batch.ipStarts, batch.ipEnds));
    }),
    { numRuns: 2000 },
  );
});
