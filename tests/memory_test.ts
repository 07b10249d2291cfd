import { assert, assertEquals } from "@std/assert";
import { Analysis } from "../lib/aggregates/analysis.ts";
import { encodeState } from "../lib/aggregates/state.ts";
import { makeRecord } from "./aggregates/make_record.ts";
import { measurePeak } from "./bench/memory.ts";
import { PROJECT } from "./run_script.ts";

const MEBIBYTE = 2 ** 20;

/**
 * Feeds the analyzer blocks and tells its peak memory in bytes, as the system counts it, when it has
 * read them but for what fits into a pipe.
 */
async function peakMemory(
  block: Uint8Array<ArrayBuffer>,
  times: number,
  options: readonly string[] = [],
): Promise<{ readonly bytes: number; readonly report: { readonly input: { lines: number } } }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "analyzer.ts", "-o", "json", ...options],
    cwd: PROJECT,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  for (let i = 0; i < times; i++) await writer.write(block);
  const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
  await writer.close();
  const { stdout } = await child.output();
  return {
    bytes: Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) * 1024,
    report: JSON.parse(new TextDecoder().decode(stdout)),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

Deno.test("a line without end takes at most 8 MiB more than a log of 1 MB", async () => {
  const record = '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
    '"response_time":5,"timestamp":"2025-12-24T00:00:00"}\n';
  const log = new TextEncoder().encode(record.repeat(Math.ceil(1_000_000 / record.length)));
  const endless = new Uint8Array(MEBIBYTE).fill(0x61);
  const [short, long]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    short.push((await peakMemory(log, 1)).bytes);
    const { bytes, report } = await peakMemory(endless, 400);
    assertEquals(report.input.lines, 1);
    long.push(bytes);
  }
  const more = median(long) - median(short);
  assert(more <= 8 * MEBIBYTE, `${more} bytes more`);
});

Deno.test("a log of nothing but new endpoints and clients stays below 192 MiB", async () => {
  const peak = await measurePeak(200_000);
  assert(peak > 0 && peak <= 192 * MEBIBYTE, `${peak} bytes`);
});

Deno.test("--merge takes at most 200 bytes a shard", async () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  for (let i = 0; i < 20; i++) analysis.add(makeRecord({ endpoint: `/${i}`, ip: `192.0.2.${i}` }));
  const statesOf = (count: number) =>
    new Blob(
      Array.from({ length: count }, (_, i) => encodeState(analysis, { id: `logs/${i}` })),
    ).bytes();
  const [few, many]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    few.push((await peakMemory(await statesOf(1000), 1, ["--merge"])).bytes);
    many.push((await peakMemory(await statesOf(10_000), 1, ["--merge"])).bytes);
  }
  const more = median(many) - median(few);
  // Beside the shards there is what the garbage collector leaves for later.
  assert(more <= 9000 * 200 + 20 * MEBIBYTE, `${more} bytes more`);
});
