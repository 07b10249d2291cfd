import type { LogRecord } from "../../schema.ts";
import { encodeText } from "../sketches/encode_text.ts";

/**
 * A record as aggregates count it: its numbers, and where the texts by which it counts stand as bytes
 * of well-formed UTF-8, which are no longer than {@linkcode limitKeys} leaves them. So a text is
 * encoded once for all, or not at all where the log had it in UTF-8 already.
 */
export interface RecordBytes
  extends Pick<LogRecord, "statusCode" | "responseTimeUs" | "timestampUs"> {
  /** Where the texts are; good until the record was added. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where the method begins. */
  readonly methodStart: number;
  /** Where the method ends. */
  readonly methodEnd: number;
  /** Where the endpoint begins. */
  readonly endpointStart: number;
  /** Where the endpoint ends. */
  readonly endpointEnd: number;
  /** Where the client's address begins. */
  readonly ipStart: number;
  /** Where the client's address ends. */
  readonly ipEnd: number;
}

/** A record's texts as bytes, in one buffer that the next record overwrites. */
export class EncodedRecord implements RecordBytes {
  /** Where the texts are. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  /** HTTP status. */
  statusCode = 0;
  /** Response time in whole microseconds, where the log has one. */
  responseTimeUs: number | undefined = undefined;
  /** When the request came, in whole microseconds since the epoch. */
  timestampUs = 0;
  /** Where the method begins. */
  readonly methodStart = 0;
  /** Where the method ends. */
  methodEnd = 0;
  /** Where the endpoint begins. */
  endpointStart = 0;
  /** Where the endpoint ends. */
  endpointEnd = 0;
  /** Where the client's address begins. */
  ipStart = 0;
  /** Where the client's address ends. */
  ipEnd = 0;

  /**
   * Takes a record's place.
   *
   * @param record A record whose texts were limited.
   * @returns This.
   *
   * @example Where an endpoint is
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { parseRecord, type LogRecord } from "../../schema.ts";
   * import { EncodedRecord } from "./record_bytes.ts";
   *
   * const record = parseRecord(
   *   '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
   *     '"timestamp":"2025-12-24T00:00:00"}',
   * ) as LogRecord;
   * const { bytes, endpointStart, endpointEnd } = new EncodedRecord().of(record);
   * assertEquals(new TextDecoder().decode(bytes.subarray(endpointStart, endpointEnd)), "/a");
   * ```
   */
  of({ method, endpoint, ip, statusCode, responseTimeUs, timestampUs }: LogRecord): RecordBytes {
    const most = 3 * (method.length + endpoint.length + ip.length);
    if (most > this.bytes.length) this.bytes = new Uint8Array(most);
    this.methodEnd = this.endpointStart = encodeText(method, this.bytes, 0);
    this.endpointEnd = this.ipStart = encodeText(endpoint, this.bytes, this.endpointStart);
    this.ipEnd = encodeText(ip, this.bytes, this.ipStart);
    this.statusCode = statusCode;
    this.responseTimeUs = responseTimeUs;
    this.timestampUs = timestampUs;
    return this;
  }
}

/** One of the texts of a record. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): string {
  return DECODER.decode(bytes.subarray(start, end));
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
