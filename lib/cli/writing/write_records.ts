import { type LogRecord, parseTimestamp } from "../../../schema.ts";
import { CommandError } from "../command/command.ts";
import { Stdout } from "../command/stdout.ts";

/** Under a rate, how long a record may wait for the next write, in milliseconds. */
const TICK_MS = 20;
/** The longest that a timer waits: it holds its milliseconds in 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Gathers lines of records, as bytes. */
export interface Lines {
  /** Whether so much has gathered that it should be taken. */
  readonly isFull: boolean;
  /** Adds a record's line. */
  add(record: LogRecord): void;
  /** What has gathered; good until it is taken again. */
  take(): Uint8Array<ArrayBuffer>;
}

/**
 * Writes records as lines to stdout, many at a time, no faster than the reader takes them.
 *
 * With a rate, record `i` is due `i / rate` seconds after the first; what is due is written within
 * a tick, and after a pause of the reader the schedule is caught up with.
 *
 * @param records The records; what is not written is not drawn.
 * @param options How many records to write in a second of the wall clock, `Infinity` for all; and what
 * gathers their lines.
 * @throws {CommandError} If a record's time is one that no reader takes.
 * @throws {Deno.errors.BrokenPipe} If the reader has gone.
 */
export async function writeRecords(
  records: Iterable<LogRecord>,
  { rate, lines }: { readonly rate: number; readonly lines: Lines },
): Promise<void> {
  const stdout = new Stdout();
  const startMs = performance.now();
  let drawn = 0;
  let writing = Promise.resolve();

  for (const record of records) {
    if (rate !== Infinity) {
      const dueMs = startMs + drawn * 1000 / rate;
      if (dueMs > performance.now()) {
        await writing;
        await stdout.write(lines.take());
      }
      while (dueMs > performance.now()) await sleep(dueMs - performance.now());
    }
    drawn++;
    if (record.timestampUs > LAST_TIMESTAMP_US) {
      await writing;
      await stdout.write(lines.take());
      throw tooLate(drawn);
    }
    lines.add(record);
    if (lines.isFull) {
      // One block is being written while the next one gathers.
      await writing;
      writing = stdout.write(lines.take());
    }
  }
  await writing;
  await stdout.write(lines.take());
  await stdout.end();
}

const LAST_TIMESTAMP_US = parseTimestamp("2255-06-04T23:59:59.999999")!;

function tooLate(number: number): CommandError {
  return new CommandError(
    `Cannot write record ${number}: its time is after 2255-06-04, the last day of the schema; ` +
      "expected a smaller --count or an earlier --start",
  );
}

function sleep(ms: number): Promise<void> {
  // Timers of less than a tick would cost more than they please; longer ones than the longest end at once.
  return new Promise((resolve) =>
    setTimeout(resolve, Math.min(Math.max(ms, TICK_MS), LONGEST_TIMER_MS))
  );
}
