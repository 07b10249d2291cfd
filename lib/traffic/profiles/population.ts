import type { LogRecord } from "../../../schema.ts";
import type { TrafficOptions } from "../profile.ts";
import type { Random } from "../random.ts";
import { Zipf } from "../zipf.ts";

/** Replaces the endpoints and clients of records by drawn ones, of which there may be millions. */
export class Population {
  readonly #drawEndpoint: ((random: Random) => number) | undefined;
  readonly #drawClient: ((random: Random) => number) | undefined;

  /** Makes a population of `endpoints` and `clients`; records keep their own if a number is absent. */
  constructor({ endpoints, clients, zipf }: TrafficOptions) {
    this.#drawEndpoint = drawerOf(endpoints, zipf);
    this.#drawClient = drawerOf(clients, zipf);
  }

  /** Returns the record with a drawn endpoint and a drawn client, as far as their numbers were given. */
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

/** Returns a function that draws ranks from 1 to `ranks`; `undefined` if `ranks` is. */
function drawerOf(
  ranks: number | undefined,
  zipf: number | undefined,
): ((random: Random) => number) | undefined {
  if (ranks === undefined) return undefined;
  if (zipf === undefined) return (random) => random.between(1, ranks);
  const distribution = new Zipf(ranks, zipf);
  return (random) => distribution.draw(random);
}

/** The private address (RFC 1918) of a number below 2^24. */
function addressOf(number: number): string {
  return `10.${number >> 16 & 255}.${number >> 8 & 255}.${number & 255}`;
}
