import type { LogRecord } from "../../schema.ts";
import { encodeText } from "../tables/text_bytes.ts";
import { BYTES_PER_KEY, KeyColumn } from "./key_column.ts";
import { AGENT_BYTES, cutToBytes, limitKeys } from "./limit_keys.ts";

/** In place of a response time: the record has none. */
export const NO_TIME: number = -1;

/** How many bytes a record has in the columns, but for its user agent. */
export const BYTES_PER_RECORD: number = 2 * 8 + 3 * BYTES_PER_KEY + 2;

/**
 * A batch of records in columns, as aggregates count them: numbers, and keys. Keys are well-formed UTF-8 in
 * {@linkcode RecordBatch.bytes}, no longer than {@linkcode limitKeys} leaves them. So each key is encoded once
 * for all aggregates, or not at all if it is UTF-8 in the log; and each aggregate counts many records in one
 * call, and looks up their keys one right after the other.
 */
export class RecordBatch {
  /** The bytes that the keys of all records are in. */
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(8192);
  /** How many records there are: in the rows 0 to `size` − 1. */
  size = 0;
  /** Whether some key was too long, and was cut. */
  hasCutKeys = false;
  /** For how many records there is room. */
  readonly capacity: number;
  /** The methods. */
  readonly methods: KeyColumn;
  /** The endpoints. */
  readonly endpoints: KeyColumn;
  /** The clients' addresses. */
  readonly ips: KeyColumn;
  /** The user agents, `-` for none; absent if no one asks for them. They are not counted. */
  readonly agents: KeyColumn | undefined;
  /** HTTP statuses. */
  readonly statusCodes: Uint16Array;
  /** Response times in whole microseconds, or {@linkcode NO_TIME}. */
  readonly responseTimesUs: Float64Array;
  /** When the requests came, in whole microseconds since the epoch. */
  readonly timestampsUs: Float64Array;

  /**
   * Makes a batch of no records.
   *
   * @param capacity For how many records there is room, a multiple of 4.
   * @param options Whether there are user agents; and the buffer of the columns, {@linkcode BYTES_PER_RECORD} bytes for
   * each record, and {@linkcode BYTES_PER_KEY} more for its user agent, with the offset at which the columns begin, a
   * multiple of 8.
   */
  constructor(
    capacity: number,
    { keepsAgents = false, buffer, start = 0 }: {
      readonly keepsAgents?: boolean;
      readonly buffer?: ArrayBuffer;
      readonly start?: number;
    } = {},
  ) {
    this.capacity = capacity;
    const bytes = BYTES_PER_RECORD + (keepsAgents ? BYTES_PER_KEY : 0);
    buffer ??= new ArrayBuffer(capacity * bytes);
    let at = start;
    const place = (bytes: number) => (at += capacity * bytes) - capacity * bytes;
    const doubles = () => new Float64Array(buffer, place(8), capacity);
    const keys = () => new KeyColumn(capacity, buffer, place(BYTES_PER_KEY));
    [this.responseTimesUs, this.timestampsUs] = [doubles(), doubles()];
    [this.methods, this.endpoints, this.ips] = [keys(), keys(), keys()];
    this.agents = keepsAgents ? keys() : undefined;
    this.statusCodes = new Uint16Array(buffer, place(2), capacity);
  }

  /**
   * Adds a record. Its keys are limited, and encoded into the batch's own bytes.
   *
   * @param record The record.
   * @returns Whether there was room for the record; an empty batch always has room.
   *
   * @example The bytes of an endpoint
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { type LogRecord, parseRecord } from "../../schema.ts";
   * import { decodeText, RecordBatch } from "./record_batch.ts";
   *
   * const record = parseRecord(
   *   '{"method":"GET","endpoint":"/a","status_code":"200","ip":"192.0.2.1",' +
   *     '"timestamp":"2025-12-24T00:00:00"}',
   * ) as LogRecord;
   * const batch = new RecordBatch(2);
   * batch.append(record);
   * assertEquals(decodeText(batch.bytes, batch.endpoints.starts[0]!, batch.endpoints.ends[0]!), "/a");
   * ```
   */
  append(record: LogRecord): boolean {
    const limited = limitKeys(record);
    const { method, endpoint, ip, statusCode, responseTimeUs, timestampUs } = limited;
    const agent = this.agents && cutToBytes(record.userAgent ?? "-", AGENT_BYTES);
    const row = this.size, start = row === 0 ? 0 : this.ips.ends[row - 1]!;
    const most = 3 * (method.length + endpoint.length + ip.length + (agent?.length ?? 0));
    if (row === this.capacity || row > 0 && start + most > this.bytes.length) return false;
    if (most > this.bytes.length) this.bytes = new Uint8Array(most);
    const agentEnd = agent === undefined ? start : encodeText(agent, this.bytes, start);
    const methodEnd = encodeText(method, this.bytes, agentEnd);
    const endpointEnd = encodeText(endpoint, this.bytes, methodEnd);
    this.agents?.place(row, start, agentEnd);
    this.methods.place(row, agentEnd, methodEnd);
    this.endpoints.place(row, methodEnd, endpointEnd);
    this.ips.place(row, endpointEnd, encodeText(ip, this.bytes, endpointEnd));
    this.statusCodes[row] = statusCode;
    this.responseTimesUs[row] = responseTimeUs ?? NO_TIME;
    this.timestampsUs[row] = timestampUs;
    this.size = row + 1;
    if (limited !== record) this.hasCutKeys = true;
    return true;
  }

  /** Makes it a batch of no records again. */
  clear(): void {
    this.size = 0;
    this.hasCutKeys = false;
  }

  /** The first row from `row` on whose time is not in `[startUs, endUs)`; `size` if there is none. */
  endOfRun(row: number, startUs: number, endUs: number): number {
    const { size, timestampsUs } = this;
    let end = row;
    while (end < size && timestampsUs[end]! >= startUs && timestampsUs[end]! < endUs) end++;
    return end;
  }
}

/** Decodes a key, the bytes from `start` to `end`. */
export function decodeText(bytes: Uint8Array<ArrayBuffer>, start: number, end: number): string {
  return DECODER.decode(bytes.subarray(start, end));
}

const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
