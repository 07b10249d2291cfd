import { assert, assertEquals } from "@std/assert";
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
      assertEquals(reader.read(learnLayout(line)!, 0), block.length);
      // Escapes are for the parser.
      assertEquals(
        reader.isPlain,
        JSON.stringify(method + endpoint + ip).length ===
          method.length + endpoint.length + ip.length + 2,
      );
      if (!reader.isPlain) return;
      const mixAt = (starts: Int32Array, ends: Int32Array) => mixText(block, starts[0]!, ends[0]!);
      assertEquals(batch.methodMixes[0], mixAt(batch.methodStarts, batch.methodEnds));
      assertEquals(batch.endpointMixes[0], mixAt(batch.endpointStarts, batch.endpointEnds));
      assertEquals(batch.ipMixes[0], mixAt(batch.ipStarts, batch.ipEnds));
      assert(batch.size === 0, "whoever wants to keep it makes the batch longer");
    }),
    { numRuns: 2000 },
  );
});
