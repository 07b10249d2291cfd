import type { RecordBatch } from "../records/record_batch.ts";
import type { RecordSink } from "../records/record_sink.ts";
import { buffersOf } from "../tables/buffers.ts";
import { readInteger, readObject, wrong } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { type AnalysisOptions, assertMergeable, withDefaults } from "./analysis_options.ts";
import type { AnalysisParts, AnalysisState } from "./analysis_state.ts";
import { LineCounts } from "./line_counts.ts";
import {
  answerAll,
  countBatch,
  QUESTION_NAMES,
  type QuestionName,
  type QuestionOptions,
  QUESTIONS,
  type Questions,
} from "./questions.ts";
import type { WindowPairsParts } from "./windows_state.ts";

/**
 * The answers to all questions asked of a log: a product of monoids, and so a monoid itself. For any
 * split of the lines into parts, in any order and grouping, the merged parts give the same answers.
 *
 * @example Two halves are the whole
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Analysis } from "./analysis.ts";
 *
 * const options = { windowUs: 60_000_000, suspiciousOver: 25 };
 * const [left, right] = [new Analysis(options), new Analysis(options)];
 * left.lines.addBlank();
 * right.lines.addRejected("not_json");
 * left.merge(right);
 * assertEquals(left.lines.lines(), 2);
 * ```
 */
export class Analysis implements RecordSink {
  /** The options, with defaults for those that were absent. */
  readonly options: Required<AnalysisOptions>;
  /** How many lines were records, blank or rejected. */
  readonly lines: LineCounts = new LineCounts();
  readonly #answers: Questions;
  readonly #inOrder: readonly Aggregate<never>[];
  #bytes = 0;
  #hasCutKeys = false;

  /** Makes the analysis of no lines, or of the fields of another with the same options. */
  constructor(options: AnalysisOptions, parts?: AnalysisParts) {
    this.options = withDefaults(options);
    const onNewKey = (kind: "clients" | "endpoints", slot: number) =>
      this.#answers.windows.forgetAlias(kind, slot);
    const all: QuestionOptions = { ...this.options, onNewKey };
    this.#answers = answerAll((question, name) => {
      if (parts === undefined) return question.make(all);
      const its = parts.answers[name];
      return question.ofParts === undefined
        ? question.fromJSON(JSON.parse(its as string), all)
        : question.ofParts(its as never, all);
    });
    this.#inOrder = QUESTION_NAMES.map((name) => this.#answers[name]);
    if (parts === undefined) return;
    this.lines = LineCounts.fromJSON(JSON.parse(parts.lines));
    this.#bytes = parts.bytes;
    this.#hasCutKeys = parts.hasCutKeys;
  }

  /** The answer to each question. */
  get answers(): Questions {
    return this.#answers;
  }

  /** How many bytes of input were counted, line terminators included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether some key was too long, and was cut before it was counted, see {@linkcode limitKeys}. */
  get hasCutKeys(): boolean {
    return this.#hasCutKeys;
  }

  /** Counts the records of a batch, each of which was a line of its own. */
  addBatch(records: RecordBatch): void {
    this.#hasCutKeys ||= records.hasCutKeys;
    this.lines.addRecords(records.size);
    countBatch(this.#inOrder, records);
  }

  /** Counts bytes of input, line terminators included. */
  addBytes(count: number): void {
    this.#bytes += count;
  }

  /**
   * Adds all that another analysis has; that one is not changed.
   *
   * @param other An analysis with the same options.
   * @throws {RangeError} If an option other than `hashKey` differs.
   */
  merge(other: Analysis): void {
    assertMergeable(this.options, other.options);
    this.#bytes += other.#bytes;
    this.#hasCutKeys ||= other.#hasCutKeys;
    this.lines.merge(other.lines);
    for (const name of QUESTION_NAMES) this.#aggregate(name).merge(other.#answers[name]);
  }

  /** Moves its pairs of windows and texts out, to be merged on another thread; afterwards it has none. */
  takePairs(): WindowPairsParts {
    return this.#answers.windows.takePairs();
  }

  /** Replaces its pairs of windows and texts by others, which were merged on another thread. */
  replacePairs(parts: WindowPairsParts): void {
    this.#answers.windows.replacePairs(parts);
  }

  /** Its JSON form: the same for the same lines, however they were ordered and split. */
  toJSON(): AnalysisState {
    // Each name of the state is a member once.
    return Object.fromEntries(this.members()) as unknown as AnalysisState;
  }

  /** Yields the members of its JSON form one by one: all of them at once would take much memory. */
  *members(): Generator<[name: string, part: unknown]> {
    yield ["lines", this.lines.toJSON()];
    yield ["bytes", this.#bytes];
    yield ["has_cut_keys", this.#hasCutKeys];
    for (const name of QUESTION_NAMES) {
      yield [QUESTIONS[name].inState, this.#answers[name].toJSON()];
    }
  }

  /**
   * Adds an analysis in its JSON form.
   *
   * @param value The parsed JSON form of an analysis with the same options. Its members are not checked
   * against each other.
   * @throws {SyntaxError} If `value` is no such form; some of it may have been added by then.
   */
  mergeJSON(value: unknown): void {
    const state = readObject(value, "an analysis"), hasCutKeys = state["has_cut_keys"];
    if (typeof hasCutKeys !== "boolean") throw wrong("has_cut_keys", "a boolean");
    this.#hasCutKeys ||= hasCutKeys;
    this.#bytes += readInteger(state, "bytes", 0);
    this.lines.merge(LineCounts.fromJSON(state["lines"]));
    for (const name of QUESTION_NAMES) {
      const { inState, fromJSON } = QUESTIONS[name];
      mergeAndFree(this.#aggregate(name), fromJSON(state[inState], this.options));
    }
    const most = Math.max(this.lines.lines(), this.#bytes);
    if (most > Number.MAX_SAFE_INTEGER) throw wrong("lines", "as many as a number counts");
  }

  /** Its fields, the large ones as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): AnalysisParts {
    const parts = QUESTION_NAMES.map((name) => {
      const answer = this.#aggregate(name);
      return [name, answer.toParts?.() ?? JSON.stringify(answer)];
    });
    return {
      lines: JSON.stringify(this.lines),
      bytes: this.#bytes,
      hasCutKeys: this.#hasCutKeys,
      answers: Object.fromEntries(parts),
    };
  }

  #aggregate(name: QuestionName): Aggregate<unknown> {
    return this.#answers[name];
  }
}

export type { AnalysisOptions };

/**
 * Merges `other` into `into`, and frees the memory of `other` at once instead of leaving it to the garbage
 * collector. `other` is of no use afterwards.
 */
export function mergeAndFree<Answer extends Aggregate<Answer>>(
  into: Answer,
  other: Answer,
): void {
  into.merge(other);
  for (const buffer of buffersOf(other.toParts?.())) if (!buffer.detached) buffer.transfer(0);
}
