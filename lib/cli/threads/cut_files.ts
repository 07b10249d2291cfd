import { CommandError } from "../command/command.ts";
import { hasMark } from "../reading/file_mark.ts";
import { cannotRead } from "../reading/inputs.ts";
import { Problems } from "../reading/problems.ts";
import { CUT, type PartReader } from "./part_reader.ts";
import type { FileRange, Task, TaskSummary } from "./worker_messages.ts";

/** A part of an input, to be read by one thread. */
export interface Part {
  /** The task of the thread that reads it. */
  readonly task: Task;
  /** Its number among all parts of all inputs, from 0 on. */
  readonly number: number;
  /** The file that was cut, if the part is a range of one. */
  readonly of?: CutFile | undefined;
}

/** A file that was cut into ranges. It stays open, so that it can be read even when its path leads to another. */
export class CutFile {
  readonly #file: Deno.FsFile;
  readonly #moved: Part[] = [];
  #ranges = 0;

  /** Takes over an open file. */
  constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /** Counts a range of the file. */
  addRange(): void {
    this.#ranges++;
  }

  /** Adds a range that was not found at the file's path. */
  addMoved(part: Part): void {
    this.#moved.push(part);
  }

  /**
   * Reads the ranges that were not found at the file's path, after all others have been read. They are read
   * from the open file. If that was truncated and none of its ranges has been read, the file at the path is
   * read whole instead; if some have been read, each other range is a failure.
   *
   * @param reader Reads the ranges.
   * @param onRead Is called with each range and its summary.
   */
  async readMoved(
    reader: PartReader,
    onRead: (part: Part, summary: TaskSummary) => void,
  ): Promise<void> {
    const isCut = this.#moved.some(({ task }) => !hasMark(this.#file, (task as FileRange).mark));
    const isWhole = isCut && this.#moved.length === this.#ranges;
    for (const [i, part] of this.#moved.entries()) {
      const { name, path } = part.task as FileRange & Task;
      if (!isCut) onRead(part, await reader.read(part.task, this.#file));
      else if (!isWhole) onRead(part, failed(cannotRead(name, new SyntaxError(CUT))));
      else onRead(part, i === 0 ? await reader.read({ name, path }) : NOTHING);
    }
  }

  /** Whether a range was not found at the file's path. */
  get hasMoved(): boolean {
    return this.#moved.length > 0;
  }

  /** Closes the file. */
  close(): void {
    this.#file.close();
  }
}

const NOTHING: TaskSummary = { lines: 0, problems: new Problems(undefined).toParts() };

function failed(error: CommandError): TaskSummary {
  const problems = new Problems(undefined);
  problems.addFailure(error);
  return { ...NOTHING, problems: problems.toParts() };
}
