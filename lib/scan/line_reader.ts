import type { LogRecord } from "../../schema.ts";
import { ENDPOINT_BYTES, NAME_BYTES } from "../aggregates/limit_keys.ts";
import { NO_TIME, RecordBatch } from "../aggregates/record_batch.ts";
import type { Bytes } from "../lines/bytes.ts";
import { mixText, mixWord } from "../sketches/mix_text.ts";
import {
  ENDPOINT,
  IP,
  type Layout,
  type Literal,
  METHOD,
  OTHER_NUMBER,
  OTHER_TEXT,
  RESPONSE_TIME,
  STATUS,
  TIMESTAMP,
} from "./layout.ts";
import { TimestampReader } from "./timestamp_reader.ts";

const LF = 0x0A, CR = 0x0D, QUOTE = 0x22, MINUS = 0x2D, DOT = 0x2E, ZERO = 0x30, BACKSLASH = 0x5C;
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });

/** So many digits before the point are surely in the range, and with three decimals exact. */
const MOST_DIGITS = 12;

/** Few enough for their columns to stay in the processor's nearest cache, and many to be counted at once. */
const BATCH_RECORDS = 512;

/**
 * Reads lines of a known layout where they stand in a block: every literal is compared byte by byte,
 * every value is taken as the parser of the schema would take it, or the line is not taken at all.
 * What was read last is in the row of the batch behind those that it has.
 */
export class LineReader {
  /** The block. */
  bytes: Bytes = new Uint8Array();
  /** The records of lines of the block; whoever wants to keep what was read last makes it longer by one. */
  readonly batch: RecordBatch = new RecordBatch(BATCH_RECORDS);
  /** Whether all texts that count are ASCII without escapes, and short: then their bytes are the keys. */
  isPlain = true;
  #view = new DataView(this.bytes.buffer);
  readonly #timestamps = new TimestampReader();
  // Of the text that was read last: whether some of its bytes are escapes, and whether all are ASCII.
  #isEscaped = false;
  #isAscii = true;

  /** Takes up a block of whole lines, each with its LF. */
  open(lines: Bytes): void {
    this.bytes = this.batch.bytes = lines;
    this.#view = new DataView(lines.buffer, lines.byteOffset, lines.byteLength);
  }

  /**
   * Reads a line.
   *
   * @param layout How it may be written.
   * @param start Where it begins in the block.
   * @returns Where the next begins; −1 if it is not written so, or has a value that is not taken.
   */
  read({ kinds, literals }: Layout, start: number): number {
    this.isPlain = true;
    this.batch.responseTimesUs[this.batch.size] = NO_TIME;
    let at = start;
    for (let i = 0; i < kinds.length; i++) {
      const literal = literals[i]!;
      if (!this.#isAt(literal, at)) return -1;
      at += literal.length;
      const end = this.#readValue(kinds[i]!, at);
      if (end === -1) return -1;
      at = end;
    }
    const last = literals[kinds.length]!;
    if (!this.#isAt(last, at)) return -1;
    at += last.length;
    if (this.bytes[at] === CR) at++;
    return this.bytes[at] === LF ? at + 1 : -1;
  }

  /**
   * The record that was read last, with its texts as the parser of the schema takes them.
   *
   * @returns The record, or `undefined` if an escape is none.
   */
  toRecord(): LogRecord | undefined {
    const { batch } = this, row = batch.size;
    const method = this.#toText(batch.methodStarts[row]!, batch.methodEnds[row]!);
    const endpoint = this.#toText(batch.endpointStarts[row]!, batch.endpointEnds[row]!);
    const ip = this.#toText(batch.ipStarts[row]!, batch.ipEnds[row]!);
    if (method === undefined || endpoint === undefined || ip === undefined) return undefined;
    const us = batch.responseTimesUs[row]!;
    return {
      method,
      endpoint,
      ip,
      statusCode: batch.statusCodes[row]!,
      responseTimeUs: us === NO_TIME ? undefined : us,
      timestampUs: batch.timestampsUs[row]!,
      userAgent: undefined,
    };
  }

  #readValue(kind: number, at: number): number {
    const { batch } = this, row = batch.size;
    switch (kind) {
      case METHOD:
        batch.methodStarts[row] = at;
        return batch.methodEnds[row] = this.#readKey(at, NAME_BYTES, batch.methodMixes);
      case ENDPOINT:
        batch.endpointStarts[row] = at;
        return batch.endpointEnds[row] = this.#readKey(at, ENDPOINT_BYTES, batch.endpointMixes);
      case IP:
        batch.ipStarts[row] = at;
        return batch.ipEnds[row] = this.#readKey(at, NAME_BYTES, batch.ipMixes);
      case STATUS:
        return this.#readStatus(at);
      case RESPONSE_TIME:
        return this.#readResponseTime(at);
      case TIMESTAMP: {
        if (at + 20 > this.bytes.length) return -1;
        const end = this.#timestamps.read(this.#view, at);
        batch.timestampsUs[row] = this.#timestamps.timestampUs;
        return end;
      }
      case OTHER_TEXT: {
        const end = this.#readText(at);
        return end !== -1 && this.#isEscaped && this.#toText(at, end) === undefined ? -1 : end;
      }
      case OTHER_NUMBER:
        return this.#readNumber(at);
      default:
        return -1;
    }
  }

  #isAt({ bytes, length, doubles }: Literal, at: number): boolean {
    const most = doubles.length - 1, last = at + length - 8;
    if (most < 0) return this.#isAtBytes(bytes, at);
    if (last + 8 > this.bytes.length) return false;
    const view = this.#view;
    if (view.getFloat64(last, true) !== doubles[most]) return false;
    for (let i = 0, from = at; i < most; i++, from += 8) {
      if (view.getFloat64(from, true) !== doubles[i]) return false;
    }
    return true;
  }

  #isAtBytes(bytes: Uint8Array, at: number): boolean {
    const { length } = bytes;
    if (at + length > this.bytes.length) return false;
    for (let i = 0; i < length; i++) if (this.bytes[at + i] !== bytes[i]) return false;
    return true;
  }

  /**
   * Where a text ends that counts; the line is not plain if its bytes are not what counts.
   *
   * @param mixes Where its mix goes, as {@linkcode mixText} makes it, while its words are at hand.
   */
  #readKey(start: number, mostBytes: number, mixes: Int32Array): number {
    const view = this.#view, lastWord = this.bytes.length - 4;
    let at = start, seen = 0, mixed = 0;
    while (at <= lastWord) {
      const word = view.getInt32(at, true), special = specialBytes(word);
      if (special === 0) {
        seen |= word;
        mixed = mixWord(mixed, word);
        at += 4;
        continue;
      }
      const bits = 24 - (Math.clz32(special & -special) & 24), rest = word & (1 << bits) - 1;
      at += bits >>> 3;
      if (this.bytes[at] !== QUOTE) break;
      if (((seen | rest) & 0x80808080) !== 0 || at - start > mostBytes) this.isPlain = false;
      mixes[this.batch.size] = mixWord(bits === 0 ? mixed : mixWord(mixed, rest), at - start);
      return at;
    }
    // It has an escape, or ends too near to the end of the block.
    const end = this.#readText(start);
    if (this.#isEscaped || !this.#isAscii || end - start > mostBytes) this.isPlain = false;
    else if (end !== -1) mixes[this.batch.size] = mixText(this.bytes, start, end);
    return end;
  }

  /** Where the quote is that ends a text, or −1 if the line ends first. */
  #readText(start: number): number {
    const bytes = this.bytes, view = this.#view, lastWord = bytes.length - 4;
    let at = start, seen = 0;
    this.#isEscaped = false;
    for (;;) {
      // Four bytes at a time, up to the first that is a quote, a backslash or a control character.
      while (at <= lastWord) {
        const word = view.getInt32(at, true), special = specialBytes(word);
        if (special === 0) {
          seen |= word;
          at += 4;
          continue;
        }
        const bits = 24 - (Math.clz32(special & -special) & 24);
        seen |= word & (1 << bits) - 1;
        at += bits >>> 3;
        break;
      }
      const byte = bytes[at]!;
      if (byte === QUOTE) break;
      if (byte < 0x20) return -1;
      if (byte === BACKSLASH) {
        this.#isEscaped = true;
        if (bytes[++at]! < 0x20) return -1;
      }
      seen |= byte;
      at++;
    }
    this.#isAscii = (seen & 0x80808080) === 0;
    return at;
  }

  #toText(start: number, end: number): string | undefined {
    const text = DECODER.decode(this.bytes.subarray(start, end));
    if (!text.includes("\\")) return text;
    try {
      return (JSON.parse(`"${text}"`) as string).toWellFormed();
    } catch {
      return undefined;
    }
  }

  #readStatus(at: number): number {
    const bytes = this.bytes;
    const hundreds = bytes[at]! - ZERO, tens = bytes[at + 1]! - ZERO, ones = bytes[at + 2]! - ZERO;
    this.batch.statusCodes[this.batch.size] = hundreds * 100 + tens * 10 + ones;
    const isStatus = hundreds >= 1 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 &&
      ones <= 9;
    return isStatus ? at + 3 : -1;
  }

  #readResponseTime(start: number): number {
    const end = this.#readDigits(start);
    if (end - start > MOST_DIGITS) return -1;
    let us = this.#digits * 1000;
    const { batch } = this;
    if (end === -1 || this.bytes[end] !== DOT) {
      batch.responseTimesUs[batch.size] = us;
      return end;
    }
    let at = end + 1, scale = 100;
    for (let digit; (digit = this.bytes[at]! - ZERO) >= 0 && digit <= 9; at++) {
      us += digit * scale;
      scale /= 10;
    }
    batch.responseTimesUs[batch.size] = us;
    const decimals = at - end - 1;
    return decimals >= 1 && decimals <= 3 ? at : -1;
  }

  #readNumber(start: number): number {
    const end = this.#readDigits(this.bytes[start] === MINUS ? start + 1 : start);
    if (end === -1 || this.bytes[end] !== DOT) return end;
    let at = end + 1;
    for (let digit; (digit = this.bytes[at]! - ZERO) >= 0 && digit <= 9;) at++;
    return at > end + 1 ? at : -1;
  }

  #digits = 0;

  /** Where digits end that are a whole number, or −1; what follows them is the caller's business. */
  #readDigits(start: number): number {
    let at = start, value = 0;
    for (let digit; (digit = this.bytes[at]! - ZERO) >= 0 && digit <= 9; at++) {
      value = value * 10 + digit;
    }
    this.#digits = value;
    const hasZero = this.bytes[start] === ZERO && at > start + 1;
    return at === start || hasZero ? -1 : at;
  }
}

/**
 * Of four bytes, lowest first, the highest bits of those that are a quote, a backslash or a control
 * character; above the first it may be wrong.
 *
 * @see Warren, Hacker's Delight (2013), section 6-1: a byte that is 0 borrows from the next.
 */
function specialBytes(word: number): number {
  const quotes = word ^ 0x22222222, backslashes = word ^ 0x5C5C5C5C;
  return (quotes - 0x01010101 & ~quotes | backslashes - 0x01010101 & ~backslashes |
    word - 0x20202020 & ~word) & 0x80808080;
}
