import { CommandError } from "../command/command.ts";
import { hasMark } from "../reading/file_mark.ts";
import { cannotRead } from "../reading/inputs.ts";
import { Problems } from "../reading/problems.ts";
import { CUT, type PartReader } from "./part_reader.ts";
import type { FileRange, Task, TaskSummary } from "./worker_messages.ts";

/** A part of an input, its number among all parts, and the file that it is a range of. */
export interface Part {
  /** What is read. */
  readonly task: Task;
  /** Its number. */
  readonly number: number;
  /** Where it is a range of a file that was cut. */
  readonly of?: CutFile | undefined;
}

/** A file that was cut into ranges; it stays open, so that it can be read wherever its path leads by now. */
export class CutFile {
  readonly #file: Deno.FsFile;
  readonly #moved: Part[] = [];
  #ranges = 0;

  /** Takes over a file that is open. */
  constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /** Takes in that it has one range more. */
  addRange(): void {
    this.#ranges++;
  }

  /** Takes in that a range was not found at the file's path. */
  addMoved(part: Part): void {
    this.#moved.push(part);
  }

  /**
   * Reads the ranges that were not found, once all others have been read: from the file as it was opened. If
   * that was cut, it is read whole, or what is missing is told.
   *
   * @param reader Reads them.
   * @param onRead Is called with what became of each.
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

  /** Whether a range was not found. */
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
