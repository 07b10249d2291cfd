import { type LogRecord, parseTimestamp } from "../../../schema.ts";
import { CommandError } from "../command/command.ts";
import { Stdout } from "../command/stdout.ts";

/** How long a record that is due may wait for the next write, in milliseconds, if there is a rate. */
const TICK_MS = 20;
/** The longest wait of a timer, which holds milliseconds in a signed integer of 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A buffer that gathers the lines of records, as bytes. */
export interface Lines {
  /** Whether the buffer is full, so that the lines should be taken. */
  readonly isFull: boolean;
  /** Adds the line of a record. */
  add(record: LogRecord): void;
  /** Returns the gathered lines and empties the buffer. The lines are valid until the next call. */
  take(): Uint8Array<ArrayBuffer>;
}

/**
 * Writes records as lines to stdout, many at a time, no faster than the reader reads them.
 *
 * With a rate, record `i` is due `i / rate` seconds after the first. It is written within 20 ms of that. After a
 * pause of the reader, all records that are due by then are written at once.
 *
 * @param records The records; each is drawn only when its turn comes.
 * @param options `rate`: how many records to write per second of the wall clock, `Infinity` for as fast as
 * possible; `lines`: the buffer that gathers their lines.
 * @throws {CommandError} If the time of a record is after the last one that the schema allows.
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
      // One block is written while the next one is filled.
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
  // Timers of less than a tick would cost more than they gain; one above the limit would end at once.
  return new Promise((resolve) =>
    setTimeout(resolve, Math.min(Math.max(ms, TICK_MS), LONGEST_TIMER_MS))
  );
}
