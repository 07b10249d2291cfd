import { formatTimestamp, type LogRecord } from "../../schema.ts";

const DAY_US = 86_400_000_000, SECOND_US = 1_000_000;
/** The length of `YYYY-MM-DDT`. */
const DAY_LENGTH = 11;
/** The most values that are kept; in a log with more of them most values are new. */
const MAX_FRAGMENTS = 8192;
/** The most bytes of a value that is kept; longer ones are not worth the memory. */
const LONGEST_FRAGMENT = 256;
/** The most bytes of a record without its texts, and the bytes that a copy may write behind it. */
const MAX_FIGURES = 128;
const WORD_BYTES = 8;
const QUOTE = 0x22, POINT = 0x2E, ZERO = 0x30, COLON = 0x3A;
const ENCODER = new TextEncoder();

/**
 * A buffer of lines of records as bytes, each as {@linkcode encodeRecord} writes it. Texts, response times and
 * days that are frequent are encoded once and then copied.
 *
 * @example Two lines
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { encodeRecord, type LogRecord, parseRecord } from "../../schema.ts";
 * import { LineWriter } from "./line_writer.ts";
 *
 * const line = '{"method":"GET","endpoint":"/health","status_code":"200","ip":"23.91.184.12",' +
 *   '"response_time":57,"timestamp":"2025-12-24T00:00:00.001000"}';
 * const buffer = new LineWriter(1024);
 * for (let i = 0; i < 2; i++) buffer.add(parseRecord(line) as LogRecord);
 * assertEquals(new TextDecoder().decode(buffer.take()), `${line}\n${line}\n`);
 * ```
 */
export class LineWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  /** The buffer that was taken last. */
  #taken: Uint8Array<ArrayBuffer>;
  readonly #fullAt: number;
  #length = 0;
  readonly #methods = new Fragments<string>('{"method":');
  readonly #endpoints = new Fragments<string>(',"endpoint":');
  readonly #ips = new Fragments<string>(',"ip":');
  readonly #status = fragmentOf(',"status_code":"');
  readonly #responseTimes = new Fragments<number>(',"response_time":');
  readonly #userAgents = new Fragments<string>(',"user_agent":');
  /** The day that was written last, and its fragment. */
  #dayUs = NaN;
  #day = NOTHING;

  /** Makes an empty buffer that is full with `bytes` bytes. */
  constructor(bytes: number) {
    this.#fullAt = bytes;
    this.#bytes = new Uint8Array(bytes + 1024);
    this.#view = new DataView(this.#bytes.buffer);
    this.#taken = new Uint8Array(bytes + 1024);
  }

  /** Whether the buffer is full, so that the lines should be taken. */
  get isFull(): boolean {
    return this.#length >= this.#fullAt;
  }

  /** Adds the line of a record. */
  add(record: LogRecord): void {
    const { statusCode, responseTimeUs, userAgent, timestampUs } = record;
    const method = this.#methods.of(record.method), endpoint = this.#endpoints.of(record.endpoint);
    const ip = this.#ips.of(record.ip);
    const agent = userAgent === undefined ? NOTHING : this.#userAgents.of(userAgent);
    this.#reserve(method.length + endpoint.length + ip.length + agent.length + MAX_FIGURES);

    this.#copy(method);
    this.#copy(endpoint);
    this.#copy(this.#status);
    this.#writeStatus(statusCode);
    this.#copy(ip);
    if (responseTimeUs !== undefined) this.#copy(this.#responseTimes.of(responseTimeUs / 1000));
    this.#copy(agent);
    this.#writeTimestamp(timestampUs);
    this.#copy(END);
  }

  /** Returns the gathered lines and empties the buffer. The lines are valid until the next call. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    [this.#bytes, this.#taken] = [this.#taken, this.#bytes];
    this.#view = new DataView(this.#bytes.buffer);
    this.#length = 0;
    return taken;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + bytes));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Copies whole words. The zeros behind the fragment are overwritten by the next bytes. */
  #copy({ words, length }: Fragment): void {
    const view = this.#view;
    let at = this.#length;
    for (let i = 0; i < words.length; i++, at += WORD_BYTES) view.setFloat64(at, words[i]!, true);
    this.#length += length;
  }

  #writeTimestamp(timestampUs: number): void {
    const dayUs = Math.floor(timestampUs / DAY_US) * DAY_US;
    if (dayUs !== this.#dayUs) {
      this.#dayUs = dayUs;
      this.#day = fragmentOf(`,"timestamp":"${formatTimestamp(dayUs).slice(0, DAY_LENGTH)}`);
    }
    this.#copy(this.#day);
    const seconds = Math.floor((timestampUs - dayUs) / SECOND_US);
    const minutes = seconds / 60 | 0, hours = minutes / 60 | 0;
    const us = timestampUs - dayUs - seconds * SECOND_US, hundreds = us / 100 | 0;
    this.#writeTwoDigits(hours, COLON);
    this.#writeTwoDigits(minutes - 60 * hours, COLON);
    this.#writeTwoDigits(seconds - 60 * minutes, POINT);
    const tenThousands = hundreds / 100 | 0;
    this.#writeTwoDigits(tenThousands);
    this.#writeTwoDigits(hundreds - 100 * tenThousands);
    this.#writeTwoDigits(us - 100 * hundreds, QUOTE);
  }

  /** Writes a value below 100 as two digits, and one byte behind them if there is one. */
  #writeTwoDigits(value: number, behind?: number): void {
    this.#view.setUint16(this.#length, TWO_DIGITS[value]!, true);
    this.#length += 2;
    if (behind !== undefined) this.#bytes[this.#length++] = behind;
  }

  #writeStatus(code: number): void {
    const hundreds = code / 100 | 0;
    this.#bytes[this.#length++] = ZERO + hundreds;
    this.#writeTwoDigits(code - 100 * hundreds, QUOTE);
  }
}

/** The two digits of each number below 100; the first digit is the lower byte. */
const TWO_DIGITS = Uint16Array.from(
  { length: 100 },
  (_, value) => ZERO + Math.floor(value / 10) | ZERO + value % 10 << 8,
);

/**
 * Bytes of UTF-8 in words of eight, the lowest byte first; behind the last byte are zeros. The words are held as
 * doubles. A double keeps all its bits unless it is NaN, and eight bytes of UTF-8 never are NaN: its last two
 * bytes would be F0 or above, and 7F or FF.
 */
interface Fragment {
  readonly words: Float64Array;
  /** How many bytes there are. */
  readonly length: number;
}

function fragmentOf(text: string): Fragment {
  const bytes = ENCODER.encode(text);
  const padded = new DataView(new ArrayBuffer(bytes.length + WORD_BYTES));
  for (const [i, byte] of bytes.entries()) padded.setUint8(i, byte);
  const count = Math.ceil(bytes.length / WORD_BYTES);
  const words = Float64Array.from(
    { length: count },
    (_, i) => padded.getFloat64(WORD_BYTES * i, true),
  );
  return { words, length: bytes.length };
}

const NOTHING = fragmentOf("");
const END = fragmentOf("}\n");

/** A cache of fragments: values as JSON behind a key. When it is full, it is emptied. */
class Fragments<Value extends string | number> {
  readonly #key: string;
  readonly #known = new Map<Value, Fragment>();

  constructor(key: string) {
    this.#key = key;
  }

  of(value: Value): Fragment {
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const fragment = fragmentOf(this.#key + JSON.stringify(value));
    if (fragment.length > LONGEST_FRAGMENT) return fragment;
    if (this.#known.size === MAX_FRAGMENTS) this.#known.clear();
    this.#known.set(value, fragment);
    return fragment;
  }
}
