import type { Rejection } from "../../../schema.ts";
import type { Format } from "../../formats/description/format.ts";
import { FormatTally, type FormatTallyParts } from "../../formats/format_tally.ts";
import type { InputReport } from "../../report/report.ts";
import { CommandError } from "../command/command.ts";
import { say } from "../command/say.ts";
import { exceeds, type Limit } from "../command/value_kinds.ts";
import type { InputLine } from "./inputs.ts";
import { Rejections, type RejectionsParts } from "./rejections.ts";
import type { RejectsFile } from "./rejects_file.ts";

/** The fields of `Problems`, to transfer to another thread. */
export interface ProblemsParts {
  /** The fields of the summary of rejected lines. */
  readonly rejections: RejectionsParts;
  /** How many records were lines of each format. */
  readonly formats: FormatTallyParts;
  /** Remarks about inputs that were read all the same. */
  readonly warnings: readonly string[];
  /** The messages of the failures: which input could not be read, and why. */
  readonly failures: readonly string[];
}

/**
 * The problems of an analysis: rejected lines, warnings and failures. They are printed once it is over, and
 * decide the exit code.
 */
export class Problems {
  #rejections = new Rejections();
  readonly #formats = new FormatTally();
  #warnings: string[] = [];
  #failures: CommandError[] = [];
  readonly #rejects: RejectsFile | undefined;

  /** Starts without problems; rejected lines are written to `rejects` too, if there is such a file. */
  constructor(rejects: RejectsFile | undefined) {
    this.#rejects = rejects;
  }

  /** Adds a line that was rejected, with its text if it was decoded. */
  addRejection(rejection: Rejection, line: InputLine, text?: string): void {
    this.#rejections.add(rejection, line, text);
    this.#rejects?.add(rejection.reason, line);
  }

  /** Adds counts of records by the format of their lines. */
  addFormats(counts: FormatTallyParts): void {
    this.#formats.merge(counts);
  }

  /** How many records were lines of each format. */
  get formats(): FormatTallyParts {
    return this.#formats.toParts();
  }

  /** Adds a remark about an input that was read all the same. */
  addWarning(remark: string): void {
    this.#warnings.push(remark);
  }

  /** Adds the failure that a file could not be read or written to its end. */
  addFailure(error: CommandError): void {
    this.#failures.push(error);
  }

  /**
   * Adds the problems of another thread.
   *
   * @param parts The fields of the other thread's `Problems`.
   * @param linesBefore How many lines of the same input precede the part that the other thread read.
   */
  merge({ rejections, formats, warnings, failures }: ProblemsParts, linesBefore: number): void {
    this.#formats.merge(formats);
    this.#rejections.merge(rejections, linesBefore);
    this.#warnings.push(...warnings);
    this.#failures.push(...failures.map((message) => new CommandError(message)));
  }

  /** Returns the fields, to transfer to another thread. */
  toParts(): ProblemsParts {
    return {
      rejections: this.#rejections.toParts(),
      formats: this.#formats.toParts(),
      warnings: this.#warnings,
      failures: this.#failures.map(({ message }) => message),
    };
  }

  /** Closes the file of rejected lines; adds a failure if not all of them could be written. */
  close(): void {
    const failure = this.#rejects?.close();
    if (failure !== undefined) this.addFailure(failure);
  }

  /**
   * Prints the problems on stderr.
   *
   * @param program The name of the program, which each message begins with.
   * @param input How many lines were read, were records, and were rejected.
   * @param context How many lines may be rejected; whether the input is only a part of a log, which may be without a
   * record; the formats that lines may have; and what is to be said of those that they had.
   * @returns The exit code: 1 after a failure, too many rejected lines, or nothing but rejected lines.
   */
  tell(
    program: string,
    { lines, records, rejected, filtered }: Pick<
      InputReport,
      "lines" | "records" | "rejected" | "filtered"
    >,
    { maxRejected, isPart, formats, remarks = [] }: {
      readonly maxRejected: Limit;
      readonly isPart: boolean;
      readonly formats?: readonly Format[] | undefined;
      readonly remarks?: readonly string[];
    },
  ): 0 | 1 {
    const isTooMany = exceeds(maxRejected, rejected, lines);
    const messages = [
      ...remarks,
      ...this.#warnings,
      ...this.#failures.map(({ message }) => message),
    ];
    if (this.#rejections.count() > 0) messages.push(this.#rejections.summary(lines));
    else if (rejected > 0) messages.push(`Rejected ${rejected} of ${lines} lines`);
    if (isTooMany) messages.push("Rejected more lines than --strict or --max-rejected allows");
    for (const message of messages) say(`${program}: ${message}`);
    // Whoever has a log of another kind needs to see what was expected.
    if (rejected > records + filtered) this.#rejections.explanation(formats).forEach(say);
    const isNothing = !isPart && rejected > 0 && records + filtered === 0;
    return this.#failures.length > 0 || isTooMany || isNothing ? 1 : 0;
  }
}
