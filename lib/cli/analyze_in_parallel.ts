import { Analysis } from "../aggregates/analysis.ts";
import type { Bytes } from "../lines/bytes.ts";
import { cutLines } from "../lines/cut_lines.ts";
import { cutRanges } from "../lines/cut_ranges.ts";
import { decompress } from "../lines/decompress.ts";
import { LineBlocks } from "../lines/line_blocks.ts";
import { isCompressed, MAGIC_BYTES } from "../lines/magic_numbers.ts";
import type { RawLine } from "../lines/raw_line.ts";
import { printable } from "../report/printable.ts";
import { Rejection } from "../../schema.ts";
import { cannotRead, type Input, type RegularFile } from "./inputs.ts";
import { OrderedSummaries } from "./ordered_summaries.ts";
import { PartReader } from "./part_reader.ts";
import { Problems } from "./problems.ts";
import type { Task, WorkerSettings } from "./worker_messages.ts";
import { Workers } from "./workers.ts";

/** The most that a worker is sent at once. */
const BLOCK_BYTES = 2 ** 21;
/** A file is not cut into smaller ranges. */
const LEAST_RANGE_BYTES = 2 ** 20;

/**
 * Reads inputs with several threads, of which this is one. Files are cut into ranges of whole lines, which
 * the threads read themselves; compressed files are read each by one. If something comes by a stream, this
 * thread reads it and cuts it into blocks for the others, and nothing else.
 *
 * @param inputs What is read.
 * @param settings How lines are read, and how many threads there are, at least 2.
 * @param problems Is told what goes wrong, in the order of the lines.
 * @param stop Ends the reading early.
 * @returns What was found: below all limits the same for any number of threads, above them for the
 * same number.
 */
export async function analyzeInParallel(
  inputs: readonly Input[],
  { jobs, ...settings }: WorkerSettings & { readonly jobs: number },
  { problems, stop }: { readonly problems: Problems; readonly stop: AbortSignal },
): Promise<Analysis> {
  const isReading = inputs.some(({ file }) => file === undefined);
  const run = new ParallelRun({ ...settings, jobs, isReading }, problems);
  stop.addEventListener("abort", () => run.workers.stop());
  for (const input of inputs) {
    if (!stop.aborted) await run.read(input, stop);
  }
  return await run.finish();
}

interface ParallelSettings extends WorkerSettings {
  readonly jobs: number;
  readonly isReading: boolean;
}

class ParallelRun {
  readonly workers: Workers;
  readonly #jobs: number;
  readonly #isReading: boolean;
  readonly #maxLineBytes: number;
  /** Reads the parts that are left to this thread. */
  #reader: PartReader | undefined;
  readonly #analysis: Analysis;
  readonly #own: { readonly task: Task; readonly part: number }[] = [];
  readonly #summaries: OrderedSummaries;
  /** Of each task of a worker, the number of its part. */
  readonly #parts = new Map<number, number>();
  #given = 0;
  #isFirst = true;

  constructor({ jobs, isReading, ...settings }: ParallelSettings, problems: Problems) {
    [this.#jobs, this.#isReading] = [jobs, isReading];
    this.#maxLineBytes = settings.maxLineBytes;
    this.#summaries = new OrderedSummaries(problems);
    this.workers = new Workers(jobs - 1, settings, (task, summary) => {
      this.#summaries.set(this.#parts.get(task)!, summary);
      this.#parts.delete(task);
    });
    if (!isReading) this.#reader = new PartReader(settings, this.workers.stopFlag);
    this.#analysis = this.#reader?.analysis ?? new Analysis(settings);
  }

  async read(input: Input, stop: AbortSignal): Promise<void> {
    this.#isFirst = true;
    try {
      if (input.file === undefined) await this.#sendBlocks(input, stop);
      else await this.#sendFile(input.name, input.file);
    } catch (cause) {
      this.#note((problems) => problems.addFailure(cannotRead(input.name, cause)));
    }
  }

  async finish(): Promise<Analysis> {
    const { workers } = this;
    const isMerging = !this.#isReading || this.#jobs > 2;
    workers.close(isMerging);
    for (const { task, part } of this.#own) {
      const summary = await Promise.race([this.#reader!.read(task), workers.failed]);
      this.#summaries.set(part, summary);
    }
    // Its memory is needed now.
    this.#reader = undefined;
    if (!this.#isReading) return await workers.finish(this.#analysis);
    const found = await workers.finish();
    // No more than bytes, and lines that were too long.
    found.merge(this.#analysis);
    return found;
  }

  async #sendFile(name: string, { path, size }: RegularFile): Promise<void> {
    using file = await Deno.open(path);
    const readAt = async (place: number, into: Bytes) => {
      await file.seek(place, Deno.SeekMode.Start);
      return await file.read(into) ?? 0;
    };
    const magic = new Uint8Array(MAGIC_BYTES);
    if (isCompressed(magic.subarray(0, await readAt(0, magic)))) return this.#give({ name, path });
    // One for each thread: what two have found is sooner merged if they have seen different hours.
    const most = Math.floor(size / LEAST_RANGE_BYTES);
    const count = Math.max(1, Math.min(this.#jobs - Number(this.#isReading), most));
    const starts = await cutRanges(size, count, readAt);
    for (const [i, start] of starts.entries()) {
      // What was written behind the end meanwhile is read as well.
      const end = starts[i + 1] ?? Infinity;
      if (end > start) this.#give({ name, path, start, end });
    }
  }

  async #sendBlocks({ name, open }: Input, stop: AbortSignal): Promise<void> {
    const blocks = new LineBlocks(BLOCK_BYTES, (bytes) => this.workers.buffer(bytes));
    const left = Promise.withResolvers<void>();
    const counted = this.#counted(untilStopped(stop, await open(), left.resolve), name);
    const send = async () => {
      for await (const cut of cutLines(counted, this.#maxLineBytes)) {
        if ("lines" in cut) {
          for (const lines of blocks.add(cut.lines)) {
            await this.workers.hasRoom();
            this.#give({ name, lines });
          }
        } else {
          this.#give({ name, lines: blocks.rest() });
          this.#noteTooLong(name, cut.tooLong);
        }
      }
    };
    try {
      await Promise.race([send(), left.promise]);
    } finally {
      this.#give({ name, lines: blocks.rest() });
    }
  }

  async *#counted(bytes: AsyncIterable<Bytes>, name: string): AsyncGenerator<Bytes> {
    const warn = (remark: string) =>
      this.#note((problems) => problems.addWarning(`Reading ${printable(name)}: ${remark}`));
    for await (const chunk of decompress(bytes, warn)) {
      this.#analysis.addBytes(chunk.length);
      yield chunk;
    }
  }

  #noteTooLong(input: string, raw: RawLine): void {
    const rejection = new Rejection("line_too_long");
    this.#analysis.add(rejection);
    this.#note((problems) => problems.addRejection(rejection, { input, number: 1, raw }), 1);
  }

  #give(task: Task): void {
    const part = this.#summaries.expect({ isFirst: this.#isFirst });
    this.#isFirst = false;
    // They take turns, this thread first.
    const isOwn = !this.#isReading && this.#given++ % this.#jobs === 0;
    if (isOwn) this.#own.push({ task, part });
    else this.#parts.set(this.workers.give(task), part);
  }

  /** Tells of something that is known here, in its place. */
  #note(tell: (problems: Problems) => void, lines = 0): void {
    const problems = new Problems(undefined);
    tell(problems);
    const part = this.#summaries.expect({ isFirst: this.#isFirst });
    this.#isFirst = false;
    this.#summaries.set(part, { lines, problems: problems.toParts() });
  }
}

/**
 * A stream, of which nothing comes any more once it is to be stopped, not even its end: no line ends there that
 * goes on in the input. It tells when all that came before has been looked at.
 */
async function* untilStopped(
  stop: AbortSignal,
  bytes: AsyncIterable<Bytes>,
  leave: () => void,
): AsyncGenerator<Bytes> {
  const chunks = bytes[Symbol.asyncIterator]();
  let isWaiting = false;
  stop.addEventListener("abort", () => isWaiting && leave());
  for (;;) {
    isWaiting = true;
    if (stop.aborted) leave();
    const next = await chunks.next();
    isWaiting = false;
    if (stop.aborted) await new Promise(() => {});
    if (next.done === true) return;
    yield next.value;
  }
}
