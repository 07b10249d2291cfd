import { assert, assertEquals } from "@std/assert";
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
): Promise<{ readonly bytes: number; readonly report: { readonly input: { lines: number } } }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "analyzer.ts", "-o", "json"],
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

Deno.test("a log of nothing but new endpoints and clients stays below 256 MiB", async () => {
  const peak = await measurePeak(200_000);
  assert(peak > 0 && peak <= 256 * MEBIBYTE, `${peak} bytes`);
});
