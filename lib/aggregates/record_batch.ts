import type { LogRecord } from "../../schema.ts";
import { encodeText } from "../sketches/encode_text.ts";
import { mixText } from "../sketches/mix_text.ts";

/** What stands for a response time that the log does not have. */
export const NO_TIME: number = -1;

/** How many bytes the columns take for each record. */
export const BYTES_PER_RECORD: number = 2 * 8 + 11 * 4 + 2;

/**
 * Some records as aggregates count them, in columns: their numbers, and where the texts by which they
 * count stand as bytes of well-formed UTF-8, which are no longer than {@linkcode limitKeys} leaves
 * them. So a text is encoded once for all, or not at all where the log had it in UTF-8 already; and
 * each aggregate goes through many records at a time, whose keys it looks for side by side.
 */
export class RecordBatch {
  /** Where the texts of all of them are. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(8192);
  /** How many records there are: those of the rows from 0 on. */
  size = 0;
  /** How many there may be. */
  readonly capacity: number;
  /** Where the methods begin. */
  readonly methodStarts: Int32Array;
  /** Where the methods end. */
  readonly methodEnds: Int32Array;
  /** What {@linkcode mixText} makes of the methods. */
  readonly methodMixes: Int32Array;
  /** Where the endpoints begin. */
  readonly endpointStarts: Int32Array;
  /** Where the endpoints end. */
  readonly endpointEnds: Int32Array;
  /** What {@linkcode mixText} makes of the endpoints. */
  readonly endpointMixes: Int32Array;
  /** Where the clients' addresses begin. */
  readonly ipStarts: Int32Array;
  /** Where the clients' addresses end. */
  readonly ipEnds: Int32Array;
  /** What {@linkcode mixText} makes of the clients' addresses. */
  readonly ipMixes: Int32Array;
  /** HTTP statuses. */
  readonly statusCodes: Uint16Array;
  /** Response times in whole microseconds, or {@linkcode NO_TIME}. */
  readonly responseTimesUs: Float64Array;
  /** When the requests came, in whole microseconds since the epoch. */
  readonly timestampsUs: Float64Array;
  /** Integers from 0 on that stand for the endpoints, once they have been looked for; below 0 if none does. */
  readonly endpointSlots: Int32Array;
  /** The same of the clients. */
  readonly clientSlots: Int32Array;

  /**
   * Makes a batch of no records.
   *
   * @param capacity How many there is room for, a multiple of 4.
   * @param buffer Where the columns are, {@linkcode BYTES_PER_RECORD} for each record.
   * @param start Where in it they begin, a multiple of 8.
   */
  constructor(
    capacity: number,
    buffer: ArrayBuffer = new ArrayBuffer(capacity * BYTES_PER_RECORD),
    start = 0,
  ) {
    this.capacity = capacity;
    let at = start;
    const place = (bytes: number) => (at += capacity * bytes) - capacity * bytes;
    const doubles = () => new Float64Array(buffer, place(8), capacity);
    const integers = () => new Int32Array(buffer, place(4), capacity);
    this.responseTimesUs = doubles();
    this.timestampsUs = doubles();
    this.methodStarts = integers();
    this.methodEnds = integers();
    this.methodMixes = integers();
    this.endpointStarts = integers();
    this.endpointEnds = integers();
    this.endpointMixes = integers();
    this.ipStarts = integers();
    this.ipEnds = integers();
    this.ipMixes = integers();
    this.endpointSlots = integers().fill(-1);
    this.clientSlots = integers().fill(-1);
    this.statusCodes = new Uint16Array(buffer, place(2), capacity);
  }

  /**
   * Adds a record, whose texts are encoded into the batch's own bytes.
   *
   * @param record A record whose texts were limited.
   * @returns Whether there was room for it; there always is in a batch of none.
   *
   * @example Where an endpoint is
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { parseRecord, type LogRecord } from "../../schema.ts";
   * import { decodeText, RecordBatch } from "./record_batch.ts";
   *
   * const record = parseRecord(
   *   '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
   *     '"timestamp":"2025-12-24T00:00:00"}',
   * ) as LogRecord;
   * const batch = new RecordBatch(2);
   * batch.append(record);
   * assertEquals(decodeText(batch.bytes, batch.endpointStarts[0]!, batch.endpointEnds[0]!), "/a");
   * ```
   */
  append({ method, endpoint, ip, statusCode, responseTimeUs, timestampUs }: LogRecord): boolean {
    const row = this.size, start = row === 0 ? 0 : this.ipEnds[row - 1]!;
    const most = 3 * (method.length + endpoint.length + ip.length);
    if (row === this.capacity || row > 0 && start + most > this.bytes.length) return false;
    if (most > this.bytes.length) this.bytes = new Uint8Array(most);
    const methodEnd = encodeText(method, this.bytes, start);
    const endpointEnd = encodeText(endpoint, this.bytes, methodEnd);
    const ipEnd = encodeText(ip, this.bytes, endpointEnd);
    this.methodStarts[row] = start;
    this.methodEnds[row] = this.endpointStarts[row] = methodEnd;
    this.endpointEnds[row] = this.ipStarts[row] = endpointEnd;
    this.ipEnds[row] = ipEnd;
    this.methodMixes[row] = mixText(this.bytes, start, methodEnd);
    this.endpointMixes[row] = mixText(this.bytes, methodEnd, endpointEnd);
    this.ipMixes[row] = mixText(this.bytes, endpointEnd, ipEnd);
    this.statusCodes[row] = statusCode;
    this.responseTimesUs[row] = responseTimeUs ?? NO_TIME;
    this.timestampsUs[row] = timestampUs;
    this.size = row + 1;
    return true;
  }

  /** From a row on, the first of which the time is not in `[startUs, endUs)`. */
  endOfRun(row: number, startUs: number, endUs: number): number {
    const { size, timestampsUs } = this;
    let end = row;
    while (end < size && timestampsUs[end]! >= startUs && timestampsUs[end]! < endUs) end++;
    return end;
  }
}

/** One of the texts of a record. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): string {
  return DECODER.decode(bytes.subarray(start, end));
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
