/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/**
 * A thread that reads parts of inputs into an analysis of its own, and hands over what it has found.
 *
 * @module
 */

import { Analysis } from "../aggregates/analysis.ts";
import { Windows, type WindowsParts } from "../aggregates/windows.ts";
import type { Bytes } from "../lines/bytes.ts";
import { readChunks } from "../lines/read_chunks.ts";
import type { ReadOptions } from "../lines/read_lines.ts";
import { Scan } from "../scan/scan.ts";
import { buffersOf } from "./buffers_of.ts";
import { Problems } from "./problems.ts";
import { readInto } from "./read_into.ts";
import type { FromWorker, StopFlag, Task, ToWorker, WorkerSettings } from "./worker_messages.ts";

const CHUNK_BYTES = 256 * 1024;
let stop: StopFlag;
let reading = Promise.resolve();
let reader: Reader | undefined;

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  reading = reading.then(() => obey(data));
};

async function obey(message: ToWorker): Promise<void> {
  if (message.kind === "start") {
    stop = message.stop;
    reader = new Reader(message.settings);
  } else if (message.kind === "task") {
    const summary = await reader!.read(message.task);
    const { number, task } = message;
    const buffer = "lines" in task ? task.lines.buffer : undefined;
    send({ kind: "done", number, summary, buffer }, buffer === undefined ? [] : [buffer]);
  } else if (message.kind === "finish") {
    finish(message.windows);
  }
}

/** Hands over what it has found; windows last, if others have some: to merge them takes longest. */
function finish(others: readonly WindowsParts[] | undefined): void {
  const { analysis } = reader!, { options, windows } = analysis;
  const { windows: ofWindows, ...parts } = analysis.toParts();
  // Nothing else is needed any more.
  reader = undefined;
  if (others === undefined) {
    return sendAll({ kind: "found", parts: { ...parts, windows: ofWindows } });
  }
  sendAll({ kind: "found", parts });
  for (const other of others) windows.merge(Windows.ofParts(other, options, options.hashKey));
  sendAll({ kind: "merged", windows: windows.toParts() });
}

/** Sends a message and the buffers that are in it. */
function sendAll(message: FromWorker): void {
  send(message, buffersOf(message));
}

function send(message: FromWorker, buffers: ArrayBuffer[] = []): void {
  self.postMessage(message, buffers);
}

function isStopped(): boolean {
  return Atomics.load(stop, 0) !== 0;
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
    if (!isStopped() || "lines" in task) await readInto(this.analysis, [input], options);
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
  if (!("start" in task)) return untilStopped(readChunks(file.readable));
  await file.seek(task.start, Deno.SeekMode.Start);
  return readRange(file, task.end - task.start);
}

/**
 * So many bytes of a file, or those before it was told to stop. They are read at once: to wait takes
 * longer than to read, and nobody else needs this thread.
 */
async function* readRange(file: Deno.FsFile, bytes: number): AsyncGenerator<Bytes> {
  using _ = file;
  const buffer = new Uint8Array(CHUNK_BYTES);
  for (let left = bytes; left > 0 && !isStopped();) {
    const read = file.readSync(buffer.subarray(0, Math.min(left, buffer.length)));
    if (read === null) return;
    yield buffer.subarray(0, read);
    left -= read;
  }
}

async function* untilStopped(chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  for await (const chunk of chunks) {
    if (isStopped()) return;
    yield chunk;
  }
}
