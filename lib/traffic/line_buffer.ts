import { formatTimestamp, type LogRecord } from "../../schema.ts";

const DAY_US = 86_400_000_000, SECOND_US = 1_000_000;
/** A log with more values than that has others most of the time. */
const MOST_FRAGMENTS = 8192;
/** A longer one is not worth its room. */
const LONGEST_FRAGMENT = 256;
/** The longest that is written of a record but for its texts. */
const MOST_FIGURES = 128;
const QUOTE = 0x22, POINT = 0x2E, ZERO = 0x30, COLON = 0x3A;
const ENCODER = new TextEncoder();

/**
 * Lines of records as bytes, one after the other in one buffer: just what {@linkcode encodeRecord}
 * gives. What comes again and again, texts and seconds, is encoded once and copied.
 *
 * @example Two lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeRecord, type LogRecord, parseRecord } from "../../schema.ts";
 * import { LineBuffer } from "./line_buffer.ts";
 *
 * const line = '{"method":"GET","endpoint":"/health","status_code":"200","ip":"23.91.184.12",' +
 *   '"response_time":57,"timestamp":"2025-12-24T00:00:00.001000"}';
 * const buffer = new LineBuffer(1024);
 * for (let i = 0; i < 2; i++) buffer.add(parseRecord(line) as LogRecord);
 * assertEquals(new TextDecoder().decode(buffer.take()), `${line}\n${line}\n`);
 * ```
 */
export class LineBuffer {
  #bytes: Uint8Array<ArrayBuffer>;
  /** What was taken last. */
  #taken: Uint8Array<ArrayBuffer>;
  readonly #fullAt: number;
  #length = 0;
  readonly #methods = new Fragments<string>('{"method":');
  readonly #endpoints = new Fragments<string>(',"endpoint":');
  readonly #ips = new Fragments<string>(',"ip":');
  readonly #responseTimes = new Fragments<number>(',"response_time":');
  readonly #userAgents = new Fragments<string>(',"user_agent":');
  readonly #status = ENCODER.encode(',"status_code":"');
  readonly #timestamp = ENCODER.encode(',"timestamp":"');
  // The day that was written last, and how it is written: `YYYY-MM-DDT`.
  #dayUs = NaN;
  readonly #day = new Uint8Array(11);

  /** Makes an empty buffer that is full with so many bytes. */
  constructor(bytes: number) {
    this.#fullAt = bytes;
    this.#bytes = new Uint8Array(bytes + 1024);
    this.#taken = new Uint8Array(bytes + 1024);
  }

  /** Whether so much has gathered that it should be taken. */
  get isFull(): boolean {
    return this.#length >= this.#fullAt;
  }

  /** Adds a record's line. */
  add(record: LogRecord): void {
    const { statusCode, responseTimeUs, userAgent, timestampUs } = record;
    const method = this.#methods.of(record.method), endpoint = this.#endpoints.of(record.endpoint);
    const ip = this.#ips.of(record.ip);
    const agent = userAgent === undefined ? NOTHING : this.#userAgents.of(userAgent);
    this.#reserve(method.length + endpoint.length + ip.length + agent.length + MOST_FIGURES);

    this.#copy(method);
    this.#copy(endpoint);
    this.#copy(this.#status);
    this.#writeDigits(statusCode, 3, QUOTE);
    this.#copy(ip);
    if (responseTimeUs !== undefined) this.#copy(this.#responseTimes.of(responseTimeUs / 1000));
    this.#copy(agent);
    this.#copy(this.#timestamp);
    this.#writeTimestamp(timestampUs);
    this.#copy(END);
  }

  /** What has gathered; good until it is taken again. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    [this.#bytes, this.#taken] = [this.#taken, this.#bytes];
    this.#length = 0;
    return taken;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + bytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  #copy(bytes: Uint8Array<ArrayBuffer>): void {
    const to = this.#bytes, start = this.#length;
    for (let i = 0; i < bytes.length; i++) to[start + i] = bytes[i]!;
    this.#length = start + bytes.length;
  }

  #writeTimestamp(timestampUs: number): void {
    const dayUs = Math.floor(timestampUs / DAY_US) * DAY_US;
    if (dayUs !== this.#dayUs) {
      this.#dayUs = dayUs;
      ENCODER.encodeInto(formatTimestamp(dayUs), this.#day);
    }
    this.#copy(this.#day);
    const seconds = Math.floor((timestampUs - dayUs) / SECOND_US);
    const minutes = seconds / 60 | 0, hours = minutes / 60 | 0;
    this.#writeDigits(hours, 2, COLON);
    this.#writeDigits(minutes - 60 * hours, 2, COLON);
    this.#writeDigits(seconds - 60 * minutes, 2, POINT);
    this.#writeDigits(timestampUs - dayUs - seconds * SECOND_US, 6, QUOTE);
  }

  /** Writes the last digits of an integer from 0 to 2^31 − 1, and one byte behind them. */
  #writeDigits(value: number, digits: number, behind: number): void {
    const bytes = this.#bytes, end = this.#length += digits;
    let rest = value;
    for (let at = end - 1; at >= end - digits; at--) {
      const next = rest / 10 | 0;
      bytes[at] = ZERO + rest - 10 * next;
      rest = next;
    }
    bytes[end] = behind;
    this.#length = end + 1;
  }
}

const NOTHING: Uint8Array<ArrayBuffer> = new Uint8Array();
const END = ENCODER.encode("}\n");

/** Values as JSON behind a key, each encoded once; of too many it starts again. */
class Fragments<Value extends string | number> {
  readonly #key: string;
  readonly #known = new Map<Value, Uint8Array<ArrayBuffer>>();

  constructor(key: string) {
    this.#key = key;
  }

  of(value: Value): Uint8Array<ArrayBuffer> {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const bytes = ENCODER.encode(this.#key + JSON.stringify(value));
    if (bytes.length > LONGEST_FRAGMENT) return bytes;
    if (this.#known.size === MOST_FRAGMENTS) this.#known.clear();
    this.#known.set(value, bytes);
    return bytes;
  }
}
