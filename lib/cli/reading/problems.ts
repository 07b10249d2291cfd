import type { Rejection } from "../../../schema.ts";
import type { InputReport } from "../../report/report.ts";
import { CommandError } from "../command/command.ts";
import { say } from "../command/say.ts";
import { exceeds, type Limit } from "../command/value_kinds.ts";
import type { InputLine } from "./inputs.ts";
import { Rejections, type RejectionsParts } from "./rejections.ts";
import type { RejectsFile } from "./rejects_file.ts";

/** What went wrong, as another thread can be told. */
export interface ProblemsParts {
  /** The rejected lines. */
  readonly rejections: RejectionsParts;
  /** Remarks. */
  readonly warnings: readonly string[];
  /** Why which input could not be read. */
  readonly failures: readonly string[];
}

/** What went wrong while an analysis went on: told once it is over, and decisive for the exit code. */
export class Problems {
  #rejections = new Rejections();
  #warnings: string[] = [];
  #failures: CommandError[] = [];
  readonly #rejects: RejectsFile | undefined;

  /** Starts without any; rejected lines go to the file too, if there is one. */
  constructor(rejects: RejectsFile | undefined) {
    this.#rejects = rejects;
  }

  /** Takes in a line that was rejected, with its text if it was decoded. */
  addRejection(rejection: Rejection, line: InputLine, text?: string): void {
    this.#rejections.add(rejection, line, text);
    this.#rejects?.add(rejection.reason, line);
  }

  /** Takes in a remark about an input that was read all the same. */
  addWarning(remark: string): void {
    this.#warnings.push(remark);
  }

  /** Takes in that a file could not be read or written to its end. */
  addFailure(error: CommandError): void {
    this.#failures.push(error);
  }

  /**
   * Takes in what went wrong in another thread.
   *
   * @param parts What went wrong.
   * @param linesBefore How many lines of the same input came before those.
   */
  merge({ rejections, warnings, failures }: ProblemsParts, linesBefore: number): void {
    this.#rejections.merge(rejections, linesBefore);
    this.#warnings.push(...warnings);
    this.#failures.push(...failures.map((message) => new CommandError(message)));
  }

  /** What went wrong, for another thread. */
  toParts(): ProblemsParts {
    return {
      rejections: this.#rejections.toParts(),
      warnings: this.#warnings,
      failures: this.#failures.map(({ message }) => message),
    };
  }

  /** Closes the file of rejected lines; that it could not be written is a problem too. */
  close(): void {
    const failure = this.#rejects?.close();
    if (failure !== undefined) this.addFailure(failure);
  }

  /**
   * Explains rejected lines to someone who has a log of another kind.
   *
   * @param input What was read.
   * @returns Lines that show the first of them and what a record looks like; none unless most lines were
   * rejected.
   */
  explain({ records, rejected }: Pick<InputReport, "records" | "rejected">): string[] {
    return rejected > records ? this.#rejections.explanation() : [];
  }

  /**
   * Tells on stderr what there is to tell.
   *
   * @param program Who tells.
   * @param input What was read.
   * @param limits How many rejected lines are no failure yet, and whether it is only a part of the
   * input, which may have no record.
   * @returns The exit code: 1 after a failure, too many rejected lines, or nothing but rejected lines.
   */
  tell(
    program: string,
    { lines, records, rejected }: Pick<InputReport, "lines" | "records" | "rejected">,
    { maxRejected, isPart }: { readonly maxRejected: Limit; readonly isPart: boolean },
  ): 0 | 1 {
    const isTooMany = exceeds(maxRejected, rejected, lines);
    const messages = [...this.#warnings, ...this.#failures.map(({ message }) => message)];
    if (this.#rejections.count() > 0) messages.push(this.#rejections.summary(lines));
    else if (rejected > 0) messages.push(`Rejected ${rejected} of ${lines} lines`);
    if (isTooMany) messages.push("Rejected more lines than --strict or --max-rejected allows");
    for (const message of messages) say(`${program}: ${message}`);
    for (const line of this.explain({ records, rejected })) say(line);
    const isNothing = !isPart && rejected > 0 && records === 0;
    return this.#failures.length > 0 || isTooMany || isNothing ? 1 : 0;
  }
}
