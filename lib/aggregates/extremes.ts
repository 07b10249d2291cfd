import { hasTarget } from "../records/absent_values.ts";
import { decodeText, NO_TIME, type RecordBatch } from "../records/record_batch.ts";
import { readInteger, readList, readObject, readTexts } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";

/** A request that has a response time and a target. */
export interface TimedRequest {
  /** Its target. */
  readonly endpoint: string;
  /** Its method. */
  readonly method: string;
  /** Its response time in microseconds. */
  readonly responseTimeUs: number;
  /** When it came, in microseconds since the epoch. */
  readonly timestampUs: number;
}

/** A {@linkcode TimedRequest} as JSON. */
export interface TimedRequestState {
  /** Its target and its method. */
  readonly texts: readonly [endpoint: string, method: string];
  /** Its response time in microseconds. */
  readonly response_time: number;
  /** When it came, in microseconds since the epoch. */
  readonly timestamp: number;
}

/** The fastest and the slowest request as JSON; empty if no request has a response time and a target. */
export type ExtremesState = readonly TimedRequestState[];

/**
 * Which single request was the fastest, which the slowest?
 *
 * Ties go to the earliest request, then to the first by code point of the endpoint, then of the method.
 * Requests without a response time or without a target are left out.
 */
export class Extremes implements Aggregate<Extremes, ExtremesState> {
  #fastest: TimedRequest | null = null;
  #slowest: TimedRequest | null = null;

  /** Adds the records of a batch. */
  add(records: RecordBatch): void {
    const { size, responseTimesUs } = records;
    let fastestUs = this.#fastest?.responseTimeUs ?? Infinity;
    let slowestUs = this.#slowest?.responseTimeUs ?? -Infinity;
    for (let row = 0; row < size; row++) {
      const us = responseTimesUs[row]!;
      if (us === NO_TIME || us > fastestUs && us < slowestUs) continue;
      this.#consider(records, row);
      fastestUs = this.#fastest?.responseTimeUs ?? Infinity;
      slowestUs = this.#slowest?.responseTimeUs ?? -Infinity;
    }
  }

  #consider(records: RecordBatch, row: number): void {
    const { bytes } = records;
    const responseTimeUs = records.responseTimesUs[row]!, timestampUs = records.timestampsUs[row]!;
    const [fastest, slowest] = [this.#fastest, this.#slowest];
    const mayBeFastest = fastest === null || responseTimeUs < fastest.responseTimeUs ||
      responseTimeUs === fastest.responseTimeUs && timestampUs <= fastest.timestampUs;
    const mayBeSlowest = slowest === null || responseTimeUs > slowest.responseTimeUs ||
      responseTimeUs === slowest.responseTimeUs && timestampUs <= slowest.timestampUs;
    if (!mayBeFastest && !mayBeSlowest) return;

    const [endpoint, method] = [records.endpoints, records.methods].map(({ starts, ends }) =>
      decodeText(bytes, starts[row]!, ends[row]!)
    ) as [string, string];
    if (hasTarget(endpoint)) this.#offer({ endpoint, method, responseTimeUs, timestampUs });
  }

  /** Adds all that another has; that one is not changed. */
  merge(other: Extremes): void {
    if (other.#fastest !== null) this.#offer(other.#fastest);
    if (other.#slowest !== null) this.#offer(other.#slowest);
  }

  /** The fastest request, or `null` if none has a response time and a target. */
  fastest(): TimedRequest | null {
    return this.#fastest;
  }

  /** The slowest request, or `null` if none has a response time and a target. */
  slowest(): TimedRequest | null {
    return this.#slowest;
  }

  /** Its JSON form. */
  toJSON(): ExtremesState {
    return [this.#fastest, this.#slowest].filter((request) => request !== null).map((request) => ({
      texts: [request.endpoint, request.method],
      response_time: request.responseTimeUs,
      timestamp: request.timestampUs,
    }));
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown): Extremes {
    const extremes = new Extremes();
    for (const item of readList({ extremes: value }, "extremes")) {
      const state = readObject(item, "a request");
      const [endpoint, method] = readTexts(state, "texts", 2) as [string, string];
      extremes.#offer({
        endpoint,
        method,
        responseTimeUs: readInteger(state, "response_time", 0),
        timestampUs: readInteger(state, "timestamp", -Number.MAX_SAFE_INTEGER),
      });
    }
    return extremes;
  }

  #offer(request: TimedRequest): void {
    if (this.#fastest === null || precedes(request, this.#fastest, "fastest")) {
      this.#fastest = request;
    }
    if (this.#slowest === null || precedes(request, this.#slowest, "slowest")) {
      this.#slowest = request;
    }
  }
}

function precedes(a: TimedRequest, b: TimedRequest, first: "fastest" | "slowest"): boolean {
  const difference = a.responseTimeUs - b.responseTimeUs;
  const order = (first === "fastest" ? difference : -difference) ||
    a.timestampUs - b.timestampUs ||
    compareCodePoints(a.endpoint, b.endpoint) ||
    compareCodePoints(a.method, b.method);
  return order < 0;
}
