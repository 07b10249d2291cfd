/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/**
 * A thread that reads parts of inputs into an analysis of its own, and hands over what it has found.
 *
 * @module
 */

import { Analysis } from "../aggregates/analysis.ts";
import type { Bytes } from "../lines/bytes.ts";
import { readChunks } from "../lines/read_chunks.ts";
import type { ReadOptions } from "../lines/read_lines.ts";
import { Scan } from "../scan/scan.ts";
import { Problems } from "./problems.ts";
import { readInto } from "./read_into.ts";
import type { FromWorker, Task, ToWorker, WorkerSettings } from "./worker_messages.ts";

let isStopped = false;
let reading = Promise.resolve();
let reader: Reader | undefined;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "stop") isStopped = true;
  else reading = reading.then(() => obey(data));
};

async function obey(message: ToWorker): Promise<void> {
  if (message.kind === "start") {
    reader = new Reader(message.settings);
  } else if (message.kind === "task") {
    const summary = await reader!.read(message.task);
    const { number, task } = message;
    const buffer = "lines" in task ? task.lines.buffer : undefined;
    send({ kind: "done", number, summary, buffer }, buffer === undefined ? [] : [buffer]);
  } else if (message.kind === "finish") {
    const parts = reader!.analysis.toParts();
    send({ kind: "found", parts }, buffersOf(parts));
  }
}

function send(message: FromWorker, buffers: ArrayBuffer[] = []): void {
  self.postMessage(message, buffers);
}

class Reader {
  readonly analysis: Analysis;
  readonly #options: ReadOptions;

  constructor(settings: WorkerSettings) {
    this.analysis = new Analysis(settings);
    const stage = settings.isScanning ? new Scan(this.analysis) : undefined;
    this.#options = { maxLineBytes: settings.maxLineBytes, stage };
  }

  async read(task: Task): Promise<{ lines: number; problems: ReturnType<Problems["toParts"]> }> {
    const problems = new Problems(undefined);
    const before = this.analysis.lines.lines();
    const input = { name: task.name, open: () => open(task) };
    // The bytes of lines that were sent have been counted before.
    const options = { ...this.#options, part: partOf(task), isCounted: "lines" in task, problems };
    // Lines that are here already are counted, as in a single thread.
    if (!isStopped || "lines" in task) await readInto(this.analysis, [input], options);
    return { lines: this.analysis.lines.lines() - before, problems: problems.toParts() };
  }
}

function partOf(task: Task): "first" | "later" | undefined {
  if ("lines" in task) return "later";
  return "start" in task ? task.start === 0 ? "first" : "later" : undefined;
}

async function open(task: Task): Promise<AsyncIterable<Bytes>> {
  if ("lines" in task) return ReadableStream.from([task.lines]);
  const file = await Deno.open(task.path);
  const [start, end] = "start" in task ? [task.start, task.end] : [0, Infinity];
  if (start > 0) await file.seek(start, Deno.SeekMode.Start);
  return upTo(end - start, readChunks(file.readable));
}

/** So many bytes of a stream, or those before it was told to stop. */
async function* upTo(most: number, chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let left = most;
  for await (const chunk of chunks) {
    if (isStopped) return;
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

/** The buffers of all typed arrays in a value: they are handed over, not copied. */
function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}
