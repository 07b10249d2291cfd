import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Analysis } from "../../lib/aggregates/analysis.ts";
import { encodeState } from "../../lib/states/encode_state.ts";
import { measurePeak } from "../bench/memory.ts";
import { addLines } from "../support/add_lines.ts";
import { makeRecord } from "../support/make_record.ts";
import { PROJECT, startScript } from "../support/run_script.ts";
import { withFolder } from "../support/with_folder.ts";

const MEBIBYTE = 2 ** 20;

interface Peak {
  /** In bytes, as the system counts it. */
  readonly bytes: number;
  readonly output: string;
  /** The output as JSON. */
  readonly report: { readonly input: Readonly<Record<"lines" | "records" | "rejected", number>> };
}

/** Feeds the analyzer a block many times and tells its peak memory. */
function peakMemory(
  block: Uint8Array<ArrayBuffer>,
  times: number,
  options: readonly string[] = [],
): Promise<Peak> {
  return peakOf(Iterator.from(Array(times).keys()).map(() => block), options);
}

/** Feeds the analyzer blocks and tells its peak memory until its report is written. */
async function peakOf(
  blocks: Iterable<Uint8Array<ArrayBuffer>>,
  options: readonly string[] = [],
): Promise<Peak> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "analyzer.ts", "-o", "json", ...options],
    cwd: PROJECT,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let peak = 0;
  const sample = async () => {
    // Once the process has ended there is nothing to read: the sample before holds the peak, which never falls.
    const status = await Deno.readTextFile(`/proc/${child.pid}/status`).catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1] ?? 0) * 1024);
  };
  const feed = async () => {
    const writer = child.stdin.getWriter();
    for (const block of blocks) await writer.write(block);
    await sample();
    await writer.close();
  };
  const fed = feed();
  const timer = setInterval(sample, 20);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of child.stdout) {
    chunks.push(chunk);
    await sample();
  }
  await Promise.all([fed, child.status]);
  clearInterval(timer);
  const output = await new Blob(chunks).text();
  return {
    bytes: peak,
    output,
    get report() {
      return JSON.parse(output);
    },
  };
}

/** Blocks of lines, some hundred kilobytes each. */
function* blocksOf(lines: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let block = "";
  for (const line of lines) {
    block += `${line}\n`;
    if (block.length < 2 ** 18) continue;
    yield encoder.encode(block);
    block = "";
  }
  yield encoder.encode(block);
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

Deno.test("response times far apart take no more than others, however many endpoints", async () => {
  const times = (index: number) => index === 0 ? "1000000000000" : "0.001";
  function* lines(): Generator<string> {
    for (let round = 0; round < 45; round++) {
      const rest = `","status_code":"200","ip":"1","response_time":${times(round)},` +
        '"timestamp":"2025-12-24T00:00:00"}';
      for (let i = 0; i < 20_000; i++) yield `{"method":"GET","endpoint":"/${i}${rest}`;
    }
  }
  const { bytes, report } = await peakOf(blocksOf(lines()));
  assertEquals(report.input.records, 900_000);
  assert(bytes <= 192 * MEBIBYTE, `${bytes} bytes`);
});

Deno.test("a million windows, each of one request of another client, stay below 248 MiB", async () => {
  function* lines(): Generator<string> {
    const start = Date.UTC(2023, 0, 1);
    for (let i = 0; i < 1_050_000; i++) {
      const timestamp = new Date(start + 60_000 * i).toISOString();
      yield `{"method":"GET","endpoint":"/a${i % 20_000}","status_code":"${200 + i % 3 * 150}",` +
        `"ip":"client-${String(i).padStart(19, "0")}","response_time":${i % 977},` +
        `"timestamp":"${timestamp}"}`;
    }
  }
  // Tables that have grown leave theirs to the garbage collector, which comes sooner or later.
  const peaks: number[] = [];
  for (let round = 0; round < 2; round++) {
    const { bytes, report } = await peakOf(blocksOf(lines()));
    assertEquals(report.input.records, 1_050_000);
    peaks.push(bytes);
  }
  const { bytes, output } = await peakOf(blocksOf(lines()), ["-o", "text"]);
  assertStringIncludes(output, "Requests  1,050,000");
  peaks.push(bytes);
  assert(Math.min(...peaks) <= 248 * MEBIBYTE, `${peaks} bytes`);
  assert(Math.max(...peaks) <= 256 * MEBIBYTE, `${peaks} bytes`);
});

Deno.test("--merge takes at most 200 bytes a shard", async () => {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
  const records = Array.from(
    { length: 20 },
    (_, i) => makeRecord({ endpoint: `/${i}`, ip: `192.0.2.${i}` }),
  );
  addLines(analysis, records);
  const statesOf = (count: number) =>
    new Blob(
      Array.from({ length: count }, (_, i) => encodeState(analysis, { id: `logs/${i}` })),
    ).bytes();
  const [few, many]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    few.push((await peakMemory(await statesOf(1000), 1, ["--merge"])).bytes);
    many.push((await peakMemory(await statesOf(10_000), 1, ["--merge"])).bytes);
  }
  // What else a machine does only adds to it.
  const more = Math.min(...many) - Math.min(...few);
  // Beside the shards there is what the garbage collector leaves for later.
  assert(more <= 9000 * 200 + 20 * MEBIBYTE, `${more} bytes more`);
});

Deno.test("--merge of states of logs beyond all limits stays below 450 MiB", async () => {
  await withFolder(async (folder) => {
    const states: string[] = [];
    for (const month of [1, 2, 3, 4, 5]) {
      const many = ["--endpoints", "5000000", "--clients", "5000000", "--seed", `${month}`];
      const args = ["-n", "600000", "--start", `2025-0${month}-01T00:00:00Z`, ...many];
      const generator = startScript("generator.ts", { args });
      const analyzer = startScript("analyzer.ts", { args: ["--partial", "--shard", `${month}`] });
      const state = `${folder}/${month}.state`;
      const written = analyzer.stdout.pipeTo((await Deno.create(state)).writable);
      await generator.stdout.pipeTo(analyzer.stdin);
      await Promise.all([written, generator.stdin.close()]);
      await Promise.all([generator.stderr.cancel(), analyzer.stderr.cancel()]);
      states.push(state);
    }
    const lines = Iterator.from(states).map((state) => Deno.readFileSync(state));
    const { bytes, report } = await peakOf(lines, ["--merge"]);
    assertEquals(report.input.records, 3_000_000);
    assert(bytes <= 450 * MEBIBYTE, `${bytes} bytes`);
  });
});
