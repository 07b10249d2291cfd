import type { LogRecord } from "../../../schema.ts";
import type { TrafficOptions } from "../profile.ts";
import type { Random } from "../random.ts";
import { Zipf } from "../zipf.ts";

/** Gives records other endpoints and clients, of which there may be millions. */
export class Population {
  readonly #drawEndpoint: ((random: Random) => number) | undefined;
  readonly #drawClient: ((random: Random) => number) | undefined;

  /** Takes how many endpoints and clients there are; records keep what is not given. */
  constructor({ endpoints, clients, zipf }: TrafficOptions) {
    this.#drawEndpoint = drawerOf(endpoints, zipf);
    this.#drawClient = drawerOf(clients, zipf);
  }

  /** Draws an endpoint and a client for a record, if there are others than its own. */
  change(random: Random, record: LogRecord): LogRecord {
    if (this.#drawEndpoint === undefined && this.#drawClient === undefined) return record;
    return {
      ...record,
      endpoint: this.#drawEndpoint === undefined
        ? record.endpoint
        : `/api/items/${this.#drawEndpoint(random)}`,
      ip: this.#drawClient === undefined ? record.ip : addressOf(this.#drawClient(random)),
    };
  }
}

/** Draws ranks from 1 on. */
function drawerOf(
  ranks: number | undefined,
  zipf: number | undefined,
): ((random: Random) => number) | undefined {
  if (ranks === undefined) return undefined;
  if (zipf === undefined) return (random) => random.between(1, ranks);
  const distribution = new Zipf(ranks, zipf);
  return (random) => distribution.draw(random);
}

/** A private address (RFC 1918) for each number below 2^24. */
function addressOf(number: number): string {
  return `10.${number >> 16 & 255}.${number >> 8 & 255}.${number & 255}`;
}
