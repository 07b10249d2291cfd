import type { LogRecord } from "../../schema.ts";
import type { Aggregate } from "./aggregate.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import {
  addOutcome,
  failures,
  mergeOutcomes,
  noOutcomes,
  type OutcomeCounts,
} from "./outcome_counts.ts";
import { TextMap } from "./text_map.ts";

/** How time is cut, and how much traffic in one window makes a client suspicious. */
export interface WindowOptions {
  /** Length of a window in microseconds, a positive integer. */
  readonly windowUs: number;
  /** A client with more requests than this in one window is suspicious. */
  readonly suspiciousOver: number;
  /**
   * Where the hashes of windows start, an integer from 0 to 2^32 − 1 (0). Drawn at random it keeps a
   * log from having windows that collide; it never shows in a result.
   */
  readonly hashSeed?: number;
}

/** What is known of one window `[startUs, endUs)`. */
export interface WindowSummary extends Readonly<OutcomeCounts> {
  /** Its first microsecond since the epoch, a multiple of the window's length. */
  readonly startUs: number;
  /** The first microsecond after it. */
  readonly endUs: number;
}

/** A client that was over the limit in at least one window. */
export interface SuspiciousIp {
  /** Its address as logged. */
  readonly ip: string;
  /** Its requests in the window where it made most. */
  readonly peakRequests: number;
  /** In how many windows it was over the limit. */
  readonly windows: number;
  /** The start of the first such window, in microseconds since the epoch. */
  readonly firstWindowUs: number;
}

interface WindowStats {
  readonly outcomes: OutcomeCounts;
  readonly requestsByIp: TextMap<number>;
}

/**
 * What happened when: tumbling windows aligned to the epoch, `[k·w, (k+1)·w)`, records in any order.
 */
export class Windows implements Aggregate<Windows> {
  readonly #options: WindowOptions;
  // The engine's hash of a number has no seed; so the keys are moved instead.
  readonly #shift: number;
  #byShiftedIndex = new Map<number, WindowStats>();

  /** Makes the aggregate of no records. */
  constructor(options: WindowOptions) {
    this.#options = options;
    this.#shift = options.hashSeed ?? 0;
  }

  /** Counts one request towards its window. */
  add(record: LogRecord): void {
    const window = this.#window(Math.floor(record.timestampUs / this.#options.windowUs));
    addOutcome(window.outcomes, record.statusCode);
    window.requestsByIp.set(record.ip, (window.requestsByIp.get(record.ip) ?? 0) + 1);
  }

  /** Takes in what another of the same options has. */
  merge(other: Windows): void {
    for (const [index, from] of other.#entries()) {
      const into = this.#window(index);
      mergeOutcomes(into.outcomes, from.outcomes);
      for (const [ip, requests] of from.requestsByIp) {
        into.requestsByIp.set(ip, (into.requestsByIp.get(ip) ?? 0) + requests);
      }
    }
  }

  /** Every window with a record in it, earliest first. */
  timeline(): WindowSummary[] {
    return this.#sorted().map(([index, { outcomes }]) => this.#summary(index, outcomes));
  }

  /**
   * The window with most failed requests, the earliest of several, with the clients that were over
   * the limit in it by code point; `null` if nothing failed.
   */
  worst(): WindowSummary & { readonly suspiciousIps: readonly string[] } | null {
    let worst: readonly [number, WindowStats] | undefined;
    let most = 0;
    for (const entry of this.#sorted()) {
      const failed = failures(entry[1].outcomes);
      if (failed > most) [worst, most] = [entry, failed];
    }
    if (worst === undefined) return null;
    const [index, { outcomes, requestsByIp }] = worst;
    const suspiciousIps = [...requestsByIp]
      .filter(([, requests]) => requests > this.#options.suspiciousOver)
      .map(([ip]) => ip)
      .sort(compareCodePoints);
    return { ...this.#summary(index, outcomes), suspiciousIps };
  }

  /** Every client that was over the limit somewhere, highest peak first, then by code point. */
  suspiciousIps(): SuspiciousIp[] {
    const found = new TextMap<SuspiciousIp>();
    for (const [index, { requestsByIp }] of this.#sorted()) {
      for (const [ip, requests] of requestsByIp) {
        if (requests <= this.#options.suspiciousOver) continue;
        const before = found.get(ip);
        found.set(ip, {
          ip,
          peakRequests: Math.max(before?.peakRequests ?? 0, requests),
          windows: (before?.windows ?? 0) + 1,
          firstWindowUs: before?.firstWindowUs ?? index * this.#options.windowUs,
        });
      }
    }
    return [...found].map(([, client]) => client)
      .sort((a, b) => b.peakRequests - a.peakRequests || compareCodePoints(a.ip, b.ip));
  }

  #window(index: number): WindowStats {
    let window = this.#byShiftedIndex.get(index + this.#shift);
    if (window === undefined) {
      this.#byShiftedIndex.set(
        index + this.#shift,
        window = { outcomes: noOutcomes(), requestsByIp: new TextMap() },
      );
    }
    return window;
  }

  #entries(): [index: number, stats: WindowStats][] {
    return [...this.#byShiftedIndex].map(([shifted, stats]) => [shifted - this.#shift, stats]);
  }

  #sorted(): [index: number, stats: WindowStats][] {
    return this.#entries().sort(([a], [b]) => a - b);
  }

  #summary(index: number, outcomes: OutcomeCounts): WindowSummary {
    const { windowUs } = this.#options;
    return { startUs: index * windowUs, endUs: (index + 1) * windowUs, ...outcomes };
  }
}
