import type { AnalysisOptions } from "../../aggregates/analysis_options.ts";
import type { AnalysisParts } from "../../aggregates/analysis_state.ts";
import type { WindowsParts } from "../../aggregates/windows.ts";
import type { Bytes } from "../../lines/bytes.ts";
import type { FileMark } from "../reading/file_mark.ts";
import type { InputReaderOptions } from "../reading/input_reader.ts";
import type { ProblemsParts } from "../reading/problems.ts";

/** How a thread reads. */
export interface WorkerSettings extends AnalysisOptions, InputReaderOptions {}

/** The bytes of a file from `start` to `end`. */
export interface FileRange {
  /** Its path. */
  readonly path: string;
  /** Where the range begins. */
  readonly start: number;
  /** Where it ends; `Infinity` for the end of the file. */
  readonly end: number;
  /** What the file was like when it was cut. */
  readonly mark: FileMark;
}

/** Something to read: a part of an input. */
export type Task =
  & {
    /** What messages call the input. */
    readonly name: string;
  }
  & (
    /** A whole file, compressed perhaps. */
    | { readonly path: string }
    /** A range of a file, whole lines. */
    | FileRange
    /** Whole lines. */
    | { readonly lines: Bytes }
  );

/** What became of a task. */
export interface TaskSummary {
  /** How many lines it had. */
  readonly lines: number;
  /** What went wrong. */
  readonly problems: ProblemsParts;
  /** Whether nothing was read, as the file at its path is another by now, or was cut. */
  readonly isMoved?: boolean;
}

/** A word that all threads share: not 0 once they are to leave what they have not read yet. */
export type StopFlag = Int32Array<SharedArrayBuffer>;

/** What a worker is told: first how, then what to read, then to finish. */
export type ToWorker =
  | { readonly kind: "start"; readonly settings: WorkerSettings; readonly stop: StopFlag }
  | { readonly kind: "task"; readonly number: number; readonly task: Task }
  /** It is to hand over what it has found, but for windows if it is to merge those of others. */
  | { readonly kind: "finish"; readonly keepsWindows: boolean }
  /** What others have found of windows, who come before it and after it. */
  | {
    readonly kind: "merge";
    readonly before: readonly WindowsParts[];
    readonly after: readonly WindowsParts[];
  };

/** What a worker tells: of each task what became of it, at last what it has found. */
export type FromWorker =
  | {
    readonly kind: "done";
    readonly number: number;
    readonly summary: TaskSummary;
    /** The buffer of the lines that it had, if it had any, to be used again. */
    readonly buffer: ArrayBuffer | undefined;
  }
  | { readonly kind: "found"; readonly parts: AnalysisParts }
  /** What it and others have found of windows, if it has kept them. */
  | { readonly kind: "merged"; readonly windows: WindowsParts };
