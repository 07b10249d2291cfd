import type { LogRecord } from "../../schema.ts";
import { encodeText } from "../sketches/encode_text.ts";

/** What stands for a response time that the log does not have. */
export const NO_TIME = -1;

/**
 * Some records as aggregates count them, in columns: their numbers, and where the texts by which they
 * count stand as bytes of well-formed UTF-8, which are no longer than {@linkcode limitKeys} leaves
 * them. So a text is encoded once for all, or not at all where the log had it in UTF-8 already; and
 * each aggregate goes through many records at a time, whose keys it looks for side by side.
 */
export class RecordBatch {
  /** Where the texts of all of them are. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  /** How many records there are: those of the rows from 0 on. */
  size = 0;
  /** How many there may be. */
  readonly capacity: number;
  /** Where the methods begin. */
  readonly methodStarts: Int32Array;
  /** Where the methods end. */
  readonly methodEnds: Int32Array;
  /** Where the endpoints begin. */
  readonly endpointStarts: Int32Array;
  /** Where the endpoints end. */
  readonly endpointEnds: Int32Array;
  /** Where the clients' addresses begin. */
  readonly ipStarts: Int32Array;
  /** Where the clients' addresses end. */
  readonly ipEnds: Int32Array;
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

  /** Makes a batch of no records, with room for so many. */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.methodStarts = new Int32Array(capacity);
    this.methodEnds = new Int32Array(capacity);
    this.endpointStarts = new Int32Array(capacity);
    this.endpointEnds = new Int32Array(capacity);
    this.ipStarts = new Int32Array(capacity);
    this.ipEnds = new Int32Array(capacity);
    this.statusCodes = new Uint16Array(capacity);
    this.responseTimesUs = new Float64Array(capacity);
    this.timestampsUs = new Float64Array(capacity);
    this.endpointSlots = new Int32Array(capacity).fill(-1);
    this.clientSlots = new Int32Array(capacity).fill(-1);
  }

  /**
   * Has one record in place of those it had.
   *
   * @param record A record whose texts were limited.
   * @returns This.
   *
   * @example Where an endpoint is
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { parseRecord, type LogRecord } from "../../schema.ts";
   * import { RecordBatch } from "./record_batch.ts";
   *
   * const record = parseRecord(
   *   '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
   *     '"timestamp":"2025-12-24T00:00:00"}',
   * ) as LogRecord;
   * const { bytes, endpointStarts, endpointEnds } = new RecordBatch(1).of(record);
   * assertEquals(decodeText(bytes, endpointStarts[0]!, endpointEnds[0]!), "/a");
   *
   * function decodeText(bytes: Uint8Array, start: number, end: number): string {
   *   return new TextDecoder().decode(bytes.subarray(start, end));
   * }
   * ```
   */
  of({ method, endpoint, ip, statusCode, responseTimeUs, timestampUs }: LogRecord): this {
    const most = 3 * (method.length + endpoint.length + ip.length);
    if (most > this.bytes.length) this.bytes = new Uint8Array(most);
    const methodEnd = encodeText(method, this.bytes, 0);
    const endpointEnd = encodeText(endpoint, this.bytes, methodEnd);
    this.methodStarts[0] = 0;
    this.methodEnds[0] = this.endpointStarts[0] = methodEnd;
    this.endpointEnds[0] = this.ipStarts[0] = endpointEnd;
    this.ipEnds[0] = encodeText(ip, this.bytes, endpointEnd);
    this.statusCodes[0] = statusCode;
    this.responseTimesUs[0] = responseTimeUs ?? NO_TIME;
    this.timestampsUs[0] = timestampUs;
    this.endpointSlots[0] = this.clientSlots[0] = -1;
    this.size = 1;
    return this;
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
