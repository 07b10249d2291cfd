/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />

/**
 * A worker: a thread that reads parts of inputs into an analysis of its own, and sends it at the end.
 *
 * @module
 */

import { withDefaults } from "../../aggregates/analysis_options.ts";
import { mergeWindowPairs } from "../../aggregates/merge_window_pairs.ts";
import type { WindowPairsParts } from "../../aggregates/windows_state.ts";
import { buffersOf } from "../../tables/buffers.ts";
import { PartReader } from "./part_reader.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./worker_messages.ts";

let settings: WorkerSettings;
let reader: PartReader | undefined;
/** The pairs of windows and texts of this worker, if it is to merge those of all. */
let kept: WindowPairsParts | undefined;
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
    finish(message.keepsPairs);
  } else {
    mergePairs([...message.before, kept!, ...message.after]);
  }
}

/** Sends the analysis; without its pairs of windows and texts if this worker is to merge those of all. */
function finish(keepsPairs: boolean): void {
  const { analysis } = reader!;
  // Frees its memory.
  reader = undefined;
  if (keepsPairs) kept = analysis.takePairs();
  sendAll({ kind: "found", parts: analysis.toParts() });
}

/** Merges the pairs of all threads, in their order, and sends them. */
function mergePairs(parts: readonly WindowPairsParts[]): void {
  const options = withDefaults(settings);
  sendAll({ kind: "merged", pairs: mergeWindowPairs(parts, options, options.hashKey) });
}

/** Sends a message, and transfers all buffers in it. */
function sendAll(message: FromWorker): void {
  send(message, buffersOf(message));
}

function send(message: FromWorker, buffers: ArrayBuffer[] = []): void {
  self.postMessage(message, buffers);
}
