import { LineWriter } from "../formats/line_writer.ts";
import type { LogRecord } from "../../schema.ts";
import { writeOut } from "./command/stdout.ts";
import { type Lines, writeRecords } from "./writing/write_records.ts";

/** The capacity of a pipe on Linux. */
const BLOCK_BYTES = 64 * 1024;

/**
 * Runs the generator: writes records as lines of a format, or the list of all formats.
 *
 * @param records The records.
 * @param settings The name of the format, or `list`; and how many records to write per second.
 * @returns The exit code.
 */
export async function runGenerator(
  records: Iterable<LogRecord>,
  { format, rate }: { readonly format: string; readonly rate: number },
): Promise<number> {
  if (format !== "list") {
    await writeRecords(records, { rate, lines: await linesOf(format) });
    return 0;
  }
  const { NAMED_FORMATS } = await import("../formats/known_formats.ts");
  const { listFormats } = await import("../formats/list_formats.ts");
  await writeOut([listFormats(NAMED_FORMATS)]);
  return 0;
}

/** The other formats are loaded only if one is asked for, and only this one is written as fast as it can be. */
async function linesOf(format: string): Promise<Lines> {
  if (format === "ndjson") return new LineWriter(BLOCK_BYTES);
  const { findFormat } = await import("./reading/resolve_formats.ts");
  const { FormatWriter } = await import("../formats/format_writer.ts");
  return new FormatWriter(findFormat(format), BLOCK_BYTES);
}
