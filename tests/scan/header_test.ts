import { assert, assertEquals } from "@std/assert";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import type { Layout } from "../../lib/formats/description/layout.ts";
import type { Slot } from "../../lib/formats/description/shapes.ts";
import { FormatReader } from "../../lib/formats/format_reader.ts";
import type { RecordBatch } from "../../lib/records/record_batch.ts";
import { Scan } from "../../lib/scan/scan.ts";

const encoder = new TextEncoder(), decoder = new TextDecoder();
const TIME = "25/Nov/2026:18:00:00 +0000";

/** Reads lines of two numbers and a time: the first is the status unless the header says that the second is. */
class TwoNumbersReader extends FormatReader {
  #isSecond = false;

  override read(line: string): LineOutcome {
    if (!line.startsWith("#")) return "blank";
    this.#isSecond = line === "#second";
    this.headerVersion++;
    return "context";
  }

  override learn(line: string): Layout | undefined {
    if (line.startsWith("#")) return undefined;
    const status: Slot = { to: "status", as: "status" }, count: Slot = { to: "other", as: "count" };
    const numbers = this.#isSecond ? [count, status] : [status, count];
    return {
      format: "numbers",
      slots: [...numbers, { to: "timestamp", as: "clf" }],
      literals: ["", " ", " [", "]"].map((literal) => encoder.encode(literal)),
      signature: `numbers ${this.#isSecond}`,
    };
  }
}

Deno.test("Scan forgets how lines are written when a header says it anew", () => {
  const formats = new TwoNumbersReader();
  const statuses: number[] = [];
  const addBatch = ({ statusCodes, size }: RecordBatch) => {
    statuses.push(...statusCodes.subarray(0, size));
  };
  const scan = new Scan({ addBatch }, formats);
  const lines = (count: number) => Array.from({ length: count }, () => `200 404 [${TIME}]`);
  const parts = ["#first", "#second", "#first"].map((header) => [header, ...lines(100)]);
  const block = encoder.encode(parts.flat().map((line) => `${line}\n`).join(""));
  let left = 0;
  for (const run of scan.take(block)) {
    for (const line of decoder.decode(run).trimEnd().split("\n")) {
      formats.read(line);
      left++;
    }
  }
  assertEquals(left + scan.taken, 303);
  assert(scan.taken > 250, `took ${scan.taken}`);
  const [first, second, third] = [
    statuses.indexOf(404),
    statuses.lastIndexOf(404),
    statuses.length,
  ];
  assert(first > 80 && second - first > 80 && third - second > 80, `${first} ${second} ${third}`);
  assert(statuses.slice(first, second).every((status) => status === 404));
  assertEquals(formats.tally.lines, new Map([["numbers", scan.taken]]));
});
