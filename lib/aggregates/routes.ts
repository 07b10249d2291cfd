import { PairTable, type PairTableParts } from "../tables/pairs/pair_table.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { NumberColumn, type Numbers } from "../tables/number_column.ts";
import { readIntegers, readObject, readTexts, wrong } from "../tables/read_state.ts";
import { compareCodePoints } from "./compare_code_points.ts";
import { MAX_METHOD_IDS, MethodIds, OTHER_METHOD } from "./method_ids.ts";

/** For how many methods and statuses of endpoints there is room, those of all endpoints together. */
export const MAX_ROUTES = 200_000;

/** A kind is a method and a status: the number of the method times this, and the status. */
const STATUSES = 1000;
const KINDS = MAX_METHOD_IDS * STATUSES;
/** For how many kinds of rows it is known where they are, a power of 2; and 32 less its logarithm. */
const FOUND = 4096, FOUND_SHIFT = 20;

/** How many requests of a row had a method and a status. */
export interface RouteCount {
  /** The method. */
  readonly method: string;
  /** The status, 100–999. */
  readonly statusCode: number;
  /** How many requests there were. */
  readonly requests: number;
}

/** Routes as JSON; the kinds of each row follow each other. */
export interface RoutesState {
  /** The methods. */
  readonly methods: readonly string[];
  /** For each row, how many kinds it has. */
  readonly sizes: readonly number[];
  /** For each kind, the place of its method times 1000, and its status. */
  readonly kinds: readonly number[];
  /** For each kind, how many requests there were. */
  readonly counts: readonly number[];
  /** For each row, how many requests there were of kinds for which there was no room; absent if none. */
  readonly others?: readonly number[];
}

/** The fields of `Routes` as typed arrays, to transfer to another thread. */
export interface RoutesParts {
  /** The methods. */
  readonly methods: readonly string[];
  /** The counts: groups are rows, items are kinds. */
  readonly pairs: PairTableParts;
  /** For each row, how many requests were not told apart. */
  readonly others: Numbers;
}

/**
 * Counts the requests of rows by method and status: exactly, until there are 32 methods or too many kinds in all. What
 * comes then that has no count is counted as other in its row.
 *
 * Memory: that of a {@linkcode PairTable}.
 *
 * @example Two kinds
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Routes } from "./routes.ts";
 *
 * const routes = new Routes([1, 2]), get = routes.methodIds.intern("GET");
 * for (const status of [200, 404, 404]) routes.add(5, get, status);
 * assertEquals(routes.result(5), [
 *   { method: "GET", statusCode: 404, requests: 2 },
 *   { method: "GET", statusCode: 200, requests: 1 },
 * ]);
 * ```
 */
export class Routes {
  /** The numbers of the methods. */
  readonly methodIds: MethodIds = new MethodIds();
  readonly #capacity: number;
  /** The counts: groups are rows, items are kinds. */
  #pairs: PairTable;
  #others = new NumberColumn();
  /** How often places have changed. */
  #changes = 0;
  /** Where kinds of rows were found last; what only merges never looks. */
  #found: FoundPlaces | undefined;

  /** Makes counts of no requests, with room for `capacity` kinds of all rows together. */
  constructor(hashKey: HashKey, capacity: number = MAX_ROUTES) {
    this.#capacity = capacity;
    this.#pairs = new PairTable(hashKey);
  }

  /** Makes counts of the fields of others. */
  static ofParts({ methods, pairs, others }: RoutesParts, hashKey: HashKey): Routes {
    const routes = new Routes(hashKey);
    for (const method of methods) routes.methodIds.intern(method);
    routes.#pairs = PairTable.ofParts(pairs, hashKey);
    routes.#others = NumberColumn.ofParts(others);
    return routes;
  }

  /** Its fields as typed arrays, to transfer to another thread; it is of no use afterwards. */
  toParts(): RoutesParts {
    const { methods } = this.methodIds;
    return { methods, pairs: this.#pairs.toParts(), others: this.#others.toParts() };
  }

  /** Counts a request of a row, whose method has a number. */
  add(row: number, methodId: number, statusCode: number): void {
    if (methodId === OTHER_METHOD) return this.#others.increase(row, 1);
    const kind = methodId * STATUSES + statusCode, key = row * KINDS + kind;
    const at = Math.imul(key, 0x9E3779B1) >>> FOUND_SHIFT;
    const { keys, places, changes } = this.#found ??= new FoundPlaces();
    if (keys[at] === key && changes[at] === this.#changes) {
      return this.#pairs.increase(places[at]!, 1, 0);
    }
    const place = this.#pairs.placeOf(row, kind);
    if (place === -1) return this.#enter(row, kind, 1);
    this.#pairs.increase(place, 1, 0);
    keys[at] = key;
    places[at] = place;
    changes[at] = this.#changes;
  }

  /** Forgets all requests of a row. */
  clear(row: number): void {
    this.#pairs.clear(row);
    this.#changes++;
    this.#others.set(row, 0);
  }

  /** Adds a row of others to a row. */
  join(row: number, other: Routes, otherRow: number): void {
    const { methods } = other.methodIds;
    this.#others.increase(row, other.#others.at(otherRow));
    for (const place of other.#pairs.placesAbove(otherRow, 0)) {
      const kind = other.#pairs.itemAt(place), count = other.#pairs.countAt(place);
      const id = this.methodIds.intern(methods[Math.floor(kind / STATUSES)]!);
      if (id === OTHER_METHOD) this.#others.increase(row, count);
      else this.#count(row, id * STATUSES + kind % STATUSES, count);
    }
  }

  /** The kinds of a row: those with most requests first, then by method and status. */
  result(row: number): RouteCount[] {
    const { methods } = this.methodIds;
    const kinds = this.#pairs.placesAbove(row, 0).map((place) => {
      const kind = this.#pairs.itemAt(place);
      return {
        method: methods[Math.floor(kind / STATUSES)]!,
        statusCode: kind % STATUSES,
        requests: this.#pairs.countAt(place),
      };
    });
    return kinds.sort((a, b) =>
      b.requests - a.requests || compareCodePoints(a.method, b.method) ||
      a.statusCode - b.statusCode
    );
  }

  /** How many requests of a row are of kinds for which there was no room. */
  othersOf(row: number): number {
    return this.#others.at(row);
  }

  /** The JSON form of the given rows, in their order: the same for the same counts. */
  stateOf(rows: ArrayLike<number>): RoutesState {
    const listed = Array.from(rows, (row) => this.result(row));
    const used = new Set(listed.flatMap((routes) => routes.map(({ method }) => method)));
    const methods = [...used].sort(compareCodePoints);
    const places = new Map(methods.map((method, i) => [method, i]));
    const sizes: number[] = [], kinds: number[] = [], counts: number[] = [];
    for (const routes of listed) {
      sizes.push(routes.length);
      for (const { method, statusCode, requests } of routes) {
        kinds.push(places.get(method)! * STATUSES + statusCode);
        counts.push(requests);
      }
    }
    const others = Array.from(rows, (row) => this.#others.at(row));
    return {
      ...{ methods, sizes, kinds, counts },
      ...others.some((count) => count > 0) ? { others } : {},
    };
  }

  /**
   * Makes counts of their JSON form; the rows are 0, 1, ….
   *
   * @param value The parsed JSON.
   * @param length How many rows there must be.
   * @param hashKey The key of the hashes.
   * @throws {SyntaxError} If `value` is no such form.
   */
  static fromJSON(value: unknown, length: number, hashKey: HashKey): Routes {
    const routes = new Routes(hashKey), state = readObject(value, "routes");
    const methods = [...readTexts(state, "methods")];
    if (methods.length > MAX_METHOD_IDS) throw wrong("methods", `at most ${MAX_METHOD_IDS}`);
    for (const [i, method] of methods.entries()) {
      if (routes.methodIds.intern(method) !== i) throw wrong("methods", "each method once");
    }
    const sizes = readIntegers(state, "sizes", { least: 0, length });
    const kinds = readIntegers(state, "kinds", { least: 0 });
    const counts = readIntegers(state, "counts", { least: 1, length: kinds.length });
    if (kinds.length > MAX_ROUTES) throw wrong("kinds", "no more than there is room for");
    let at = 0;
    for (let row = 0; row < length; row++) {
      for (const end = at + sizes[row]!; at < end; at++) {
        const kind = kinds[at] ?? -1;
        const isKind = kind >= 0 && kind < methods.length * STATUSES && kind % STATUSES >= 100;
        if (!isKind) throw wrong("kinds", "a method and a status each");
        if (routes.#pairs.placeOf(row, kind) !== -1) throw wrong("kinds", "each kind once");
        routes.#pairs.enter(row, kind, counts[at]!, 0);
      }
    }
    if (at !== kinds.length) throw wrong("sizes", "as many kinds as there are");
    if (state["others"] === undefined) return routes;
    const others = readIntegers(state, "others", { least: 0, length });
    for (let row = 0; row < length; row++) routes.#others.set(row, others[row]!);
    return routes;
  }

  #count(row: number, kind: number, count: number): void {
    const place = this.#pairs.placeOf(row, kind);
    if (place !== -1) this.#pairs.increase(place, count, 0);
    else this.#enter(row, kind, count);
  }

  /** Adds a kind that a row does not have, or counts it as other if there is no room. */
  #enter(row: number, kind: number, count: number): void {
    if (this.#pairs.size === this.#capacity) return this.#others.increase(row, count);
    this.#pairs.enter(row, kind, count, 0);
    this.#changes++;
  }
}

/** Where kinds of rows were found last, by a hash of their keys, and how often places had changed by then. */
class FoundPlaces {
  readonly keys = new Float64Array(FOUND).fill(-1);
  readonly places = new Int32Array(FOUND);
  readonly changes = new Float64Array(FOUND);
}
