import type { AnalysisOptions } from "../../aggregates/analysis_options.ts";
import type { AnalysisParts } from "../../aggregates/analysis_state.ts";
import type { WindowPairsParts } from "../../aggregates/windows_state.ts";
import type { Bytes } from "../../lines/bytes.ts";
import type { FileMark } from "../reading/file_mark.ts";
import type { InputReaderOptions, SequencePlace } from "../reading/input_reader.ts";
import type { ProblemsParts } from "../reading/problems.ts";

/** How a thread reads lines and counts them. */
export interface WorkerSettings extends AnalysisOptions, InputReaderOptions {}

/** A range of a file: the bytes from `start` up to `end`. */
export interface FileRange {
  /** The path of the file. */
  readonly path: string;
  /** The offset of its first byte. */
  readonly start: number;
  /** The offset behind its last byte; `Infinity` for the end of the file. */
  readonly end: number;
  /** The mark that the file had when it was cut. */
  readonly mark: FileMark;
}

/** A task: a part of an input to read. */
export type Task =
  & {
    /** The name of the input in messages. */
    readonly name: string;
  }
  & (
    /** A whole file, which may be compressed. */
    | { readonly path: string }
    /** A range of a file, of whole lines. */
    | FileRange
    /** A block of whole lines. */
    | {
      readonly lines: Bytes;
      /** Where it stands among all blocks of the input, if lines depend on those before. */
      readonly sequence?: SequencePlace | undefined;
    }
  );

/** The summary of a task that is done. */
export interface TaskSummary {
  /** How many lines were read. */
  readonly lines: number;
  /** The problems of those lines. */
  readonly problems: ProblemsParts;
  /** Whether nothing was read, because the file at the path is another one by now, or was truncated. */
  readonly isMoved?: boolean;
}

/** A word that all threads share: not 0 once they are to skip what they have not read yet. */
export type StopFlag = Int32Array<SharedArrayBuffer>;

/** A message to a worker: first `start`, then each `task`, then `finish`, then perhaps `merge`. */
export type ToWorker =
  | { readonly kind: "start"; readonly settings: WorkerSettings; readonly stop: StopFlag }
  | { readonly kind: "task"; readonly number: number; readonly task: Task }
  /** Asks for the analysis; with `keepsPairs` the worker keeps its pairs of windows and texts, to merge those of all. */
  | { readonly kind: "finish"; readonly keepsPairs: boolean }
  /** The pairs of the other threads, by whether they come before or after those of the worker. */
  | {
    readonly kind: "merge";
    readonly before: readonly WindowPairsParts[];
    readonly after: readonly WindowPairsParts[];
  };

/** A message from a worker: `done` for each task, then `found` with its analysis, then perhaps `merged`. */
export type FromWorker =
  | {
    readonly kind: "done";
    readonly number: number;
    readonly summary: TaskSummary;
    /** The buffer of the task's lines, to be used again; `undefined` for a task without lines. */
    readonly buffer: ArrayBuffer | undefined;
  }
  | { readonly kind: "found"; readonly parts: AnalysisParts }
  /** The merged pairs of all threads, from the worker that kept its own. */
  | { readonly kind: "merged"; readonly pairs: WindowPairsParts };
