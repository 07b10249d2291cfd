import type { LogRecord } from "../../schema.ts";
import type { Format } from "./description/format.ts";

const ENCODER = new TextEncoder();

/**
 * A buffer of lines of records in any format, as bytes; the lines that a format begins with come first.
 *
 * @example Two lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { FormatWriter } from "./format_writer.ts";
 * import { OWN_FORMAT } from "./json/own_format.ts";
 *
 * const [[line, record]] = OWN_FORMAT.samples;
 * const buffer = new FormatWriter(OWN_FORMAT, 1024);
 * for (let i = 0; i < 2; i++) buffer.add(record);
 * assertEquals(new TextDecoder().decode(buffer.take()), `${line}\n${line}\n`);
 * ```
 */
export class FormatWriter {
  readonly #write: Format["write"];
  readonly #fullAt: number;
  #text: string;

  /** Makes a buffer that is full with some `bytes` bytes. */
  constructor({ write, header = [] }: Pick<Format, "write" | "header">, bytes: number) {
    this.#write = write;
    this.#fullAt = bytes;
    this.#text = header.map((line) => `${line}\n`).join("");
  }

  /** Whether the buffer is full, so that the lines should be taken. */
  get isFull(): boolean {
    return this.#text.length >= this.#fullAt;
  }

  /** Adds the line of a record. */
  add(record: LogRecord): void {
    this.#text += `${this.#write(record)}\n`;
  }

  /** Returns the gathered lines and empties the buffer. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = ENCODER.encode(this.#text);
    this.#text = "";
    return bytes;
  }
}
