/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/**
 * A worker: a thread that reads parts of inputs into an analysis of its own, and sends it at the end.
 *
 * @module
 */

import { withDefaults } from "../../aggregates/analysis_options.ts";
import { Windows, type WindowsParts } from "../../aggregates/windows.ts";
import { buffersOf } from "../../tables/buffers_of.ts";
import { PartReader } from "./part_reader.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./worker_messages.ts";

let settings: WorkerSettings;
let reader: PartReader | undefined;
/** The windows of this worker, if it is to merge those of all. */
let kept: WindowsParts | undefined;
let reading = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  reading = reading.then(() => obey(data));
};

async function obey(message: ToWorker): Promise<void> {
  if (message.kind === "start") {
    settings = message.settings;
    reader = new PartReader(settings, message.stop);
  } else if (message.kind === "task") {
    const summary = await reader!.read(message.task);
    const { number, task } = message;
    const buffer = "lines" in task ? task.lines.buffer : undefined;
    send({ kind: "done", number, summary, buffer }, buffer === undefined ? [] : [buffer]);
  } else if (message.kind === "finish") {
    finish(message.keepsWindows);
  } else {
    mergeWindows([...message.before, kept!, ...message.after]);
  }
}

/** Sends the analysis; without its windows if this worker is to merge those of all, which takes longest. */
function finish(keepsWindows: boolean): void {
  const { analysis } = reader!;
  // Frees its memory.
  reader = undefined;
  if (keepsWindows) kept = analysis.takeWindows();
  sendAll({ kind: "found", parts: analysis.toParts() });
}

/** Merges the windows of all threads, in their order, and sends them. */
function mergeWindows(parts: readonly WindowsParts[]): void {
  const options = withDefaults(settings);
  const [windows, ...others] = parts.map((its) => Windows.ofParts(its, options, options.hashKey));
  for (const other of others) windows!.merge(other);
  sendAll({ kind: "merged", windows: windows!.toParts() });
}

/** Sends a message, and transfers all buffers in it. */
function sendAll(message: FromWorker): void {
  send(message, buffersOf(message));
}

function send(message: FromWorker, buffers: ArrayBuffer[] = []): void {
  self.postMessage(message, buffers);
}
