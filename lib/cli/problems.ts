import type { Rejection } from "../../schema.ts";
import type { InputReport } from "../report/report.ts";
import type { CommandError } from "./command.ts";
import type { Place } from "./inputs.ts";
import { Rejections } from "./rejections.ts";

/** What went wrong while an analysis went on: told once it is over, and decisive for the exit code. */
export class Problems {
  #rejections = new Rejections();
  #failures: CommandError[] = [];

  /** Takes in a line that was rejected. */
  addRejection(rejection: Rejection, line: { readonly text: string; readonly place: Place }): void {
    this.#rejections.add(rejection, line.text, line.place);
  }

  /** Takes in an input that could not be read to its end. */
  addFailure(error: CommandError): void {
    this.#failures.push(error);
  }

  /** Tells on stderr what there is to tell. */
  tell(program: string, { lines, records }: InputReport): void {
    const messages = this.#failures.map(({ message }) => message);
    if (this.#rejections.count() > 0) {
      messages.push(this.#rejections.summary(lines));
    }
    for (const message of messages) console.error(`${program}: ${message}`);
    if (records === 0) { for (const line of this.#rejections.explanation()) console.error(line); }
  }

  /** Rejected lines are a failure if there is nothing else, and always under `strict`. */
  exitCode({ records }: InputReport, { strict }: { readonly strict: boolean }): 0 | 1 {
    const rejected = this.#rejections.count() > 0;
    return this.#failures.length > 0 || rejected && (strict || records === 0) ? 1 : 0;
  }
}
