import { isClient } from "../records/absent_values.ts";
import { GONE, UNCOUNTED } from "../records/key_column.ts";
import type { RecordBatch } from "../records/record_batch.ts";
import { HyperLogLog, type HyperLogLogState } from "../sketches/hyper_log_log.ts";
import { SpaceSaving } from "../sketches/space_saving.ts";
import type {
  SpaceSavingOptions,
  SpaceSavingParts,
  SpaceSavingState,
} from "../sketches/space_saving_state.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { NumberColumn, type Numbers } from "../tables/number_column.ts";
import { readInteger, readIntegers, readObject, wrong } from "../tables/read_state.ts";
import type { Aggregate } from "./aggregate.ts";
import { countAll } from "./count_all.ts";
import { isFailed } from "./outcome_counts.ts";

/** The capacity in clients, the key of their hashes, and what is called for a new client. */
export type ClientsOptions = SpaceSavingOptions;

/** The figures of one client. */
export interface ClientSummary {
  /** Its address as logged. */
  readonly ip: string;
  /** How many requests it made. */
  readonly requests: number;
  /** How many of these requests may be another client's; 0 if the figures are exact. */
  readonly requestsError: number;
  /** How many of the requests that are surely its own failed. */
  readonly failed: number;
}

/** The aggregate as JSON; each client that has a slot has a row in all columns. */
export interface ClientsState {
  /** The clients and their requests. */
  readonly keys: SpaceSavingState;
  /** For each client, how many of its requests failed. */
  readonly failed: readonly number[];
  /** How many requests had no client. */
  readonly without_client: number;
  /** A sketch of all clients that ever came; absent if each of them has a row. */
  readonly distinct?: HyperLogLogState;
}

/** The fields of `Clients` as typed arrays, to transfer to another thread. */
export interface ClientsParts {
  /** The clients and their requests. */
  readonly keys: SpaceSavingParts;
  /** For each slot, how many requests of its client failed. */
  readonly failed: Numbers;
  /** How many requests had no client. */
  readonly withoutClient: number;
  /** A sketch of all clients that ever came; `undefined` if each of them has a slot. */
  readonly distinct: HyperLogLogState | undefined;
}

/**
 * How many clients were there, and which were the busiest?
 *
 * Up to `capacity` clients all figures are exact. If there are more, it keeps the heavy hitters, see
 * {@linkcode SpaceSaving}, and estimates how many there were, see {@linkcode HyperLogLog}.
 */
export class Clients implements Aggregate<Clients, ClientsState, ClientsParts> {
  readonly #capacity: number;
  readonly #hashKey: HashKey;
  readonly #onNewKey: (slot: number) => void;
  #keys: SpaceSaving;
  #failed = new NumberColumn();
  #withoutClient = 0;
  /** A sketch of all clients that ever came, once there are more than `#capacity`. */
  #distinct: HyperLogLog | undefined;

  /** Makes the aggregate of no records. */
  constructor({ capacity, hashKey, onNewKey = () => {} }: ClientsOptions) {
    this.#capacity = capacity;
    this.#hashKey = hashKey;
    this.#onNewKey = onNewKey;
    this.#keys = new SpaceSaving(this.#ofKeys());
  }

  /** Makes the aggregate of the fields of another with the same options. */
  static ofParts(parts: ClientsParts, options: ClientsOptions): Clients {
    const clients = new Clients(options);
    clients.#keys = SpaceSaving.ofParts(parts.keys, clients.#ofKeys());
    clients.#failed = NumberColumn.ofParts(parts.failed);
    clients.#withoutClient = parts.withoutClient;
    if (parts.distinct !== undefined) clients.#distinct = HyperLogLog.fromJSON(parts.distinct);
    return clients;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): ClientsParts {
    return {
      keys: this.#keys.toParts(),
      failed: this.#failed.toParts(),
      withoutClient: this.#withoutClient,
      distinct: this.#distinct?.toJSON(),
    };
  }

  /**
   * Counts the clients of a batch, and writes the slot of each: an integer from 0 on, which the client
   * keeps until it is evicted and another client gets the slot. A client that is none has no slot.
   */
  resolve({ size, bytes, ips }: RecordBatch): void {
    const { starts, ends } = ips;
    const mayTake = (row: number) => {
      if (!isClient(bytes, starts[row]!, ends[row]!)) return false;
      if (this.#keys.isFull) this.#distinct ??= this.#sketch();
      this.#distinct?.addBytes(bytes, starts[row]!, ends[row]!);
      return true;
    };
    countAll(this.#keys, bytes, ips, size, mayTake);
  }

  /** Adds the failed requests of a batch to their clients. */
  add({ size, ips: { slots }, statusCodes }: RecordBatch): void {
    for (let row = 0; row < size; row++) {
      const slot = slots[row]!;
      if (slot === UNCOUNTED) this.#withoutClient++;
      else if (isFailed(statusCodes[row]!) && slot !== GONE) this.#failed.increase(slot, 1);
    }
  }

  /** Adds all that another of the same capacity has; that one is not changed. */
  merge(other: Clients): void {
    this.#withoutClient += other.#withoutClient;
    const isOver = this.bound + other.bound > 0;
    if (isOver || this.#keys.size + other.#keys.size > this.#capacity) {
      this.#distinct ??= this.#sketch();
      this.#distinct.merge(other.#distinct ?? other.#sketch());
    }
    this.#keys.merge(other.#keys, (slot, otherSlot) => {
      this.#failed.increase(slot, other.#failed.at(otherSlot));
    });
    // All clients of both have a slot. Without a sketch the result is the same for any split of the records.
    if (this.bound === 0) this.#distinct = undefined;
  }

  /** Its JSON form. */
  toJSON(): ClientsState {
    return {
      keys: this.#keys.toJSON(),
      failed: Array.from(this.#keys.sorted(), (slot) => this.#failed.at(slot)),
      without_client: this.#withoutClient,
      ...(this.#distinct === undefined ? {} : { distinct: this.#distinct.toJSON() }),
    };
  }

  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of clients with these options.
   */
  static fromJSON(value: unknown, options: ClientsOptions): Clients {
    const state = readObject(value, "clients");
    const clients = new Clients(options);
    const keys = clients.#keys = SpaceSaving.fromJSON(state["keys"], clients.#ofKeys());
    const failed = readIntegers(state, "failed", { least: 0, length: keys.size });
    for (let slot = 0; slot < keys.size; slot++) clients.#failed.set(slot, failed[slot]!);
    clients.#withoutClient = readInteger(state, "without_client", 0);
    const isCounted = state["distinct"] === undefined;
    if (isCounted !== (keys.bound === 0)) throw wrong("distinct", "it where clients are missing");
    if (!isCounted) clients.#distinct = HyperLogLog.fromJSON(state["distinct"]);
    return clients;
  }

  /** How many different clients there were: exact if {@linkcode Clients.bound} is 0. */
  distinct(): number {
    return this.#distinct === undefined ? this.#keys.size : Math.round(this.#distinct.estimate());
  }

  /** The standard error of {@linkcode Clients.distinct} where it is an estimate, as a share of it. */
  standardError(): number {
    return HyperLogLog.STANDARD_ERROR;
  }

  /** How many requests had no client, see `hasClient`. */
  withoutClient(): number {
    return this.#withoutClient;
  }

  /** How many requests a client without a slot may have made at most; no error of a count is larger. */
  get bound(): number {
    return this.#keys.bound;
  }

  /**
   * Returns the busiest clients.
   *
   * @param most How many clients to return at most.
   * @returns The clients with most requests first, then by code point of the address.
   */
  busiest(most: number): ClientSummary[] {
    return Array.from(this.#keys.ranked(most), (slot) => this.#summaryAt(slot));
  }

  /** The figures of a client; `undefined` if it has no slot. */
  of(ip: string): ClientSummary | undefined {
    const bytes = ENCODER.encode(ip), slot = this.#keys.find(0, bytes, 0, bytes.length);
    return slot === -1 ? undefined : this.#summaryAt(slot);
  }

  #summaryAt(slot: number): ClientSummary {
    const { text, count, error } = this.#keys.entryAt(slot);
    return { ip: text, requests: count, requestsError: error, failed: this.#failed.at(slot) };
  }

  #ofKeys(): SpaceSavingOptions {
    const onNewKey = (slot: number) => {
      this.#failed.set(slot, 0);
      this.#onNewKey(slot);
    };
    return { capacity: this.#capacity, hashKey: this.#hashKey, onNewKey };
  }

  #sketch(): HyperLogLog {
    const sketch = new HyperLogLog();
    for (let slot = 0; slot < this.#keys.size; slot++) {
      const bytes = this.#keys.bytesAt(slot);
      sketch.addBytes(bytes, 0, bytes.length);
    }
    return sketch;
  }
}

const ENCODER = new TextEncoder();
