import { murmurHash3 } from "../tables/hashes/murmur_hash3.ts";
import { readIntegers, readObject, wrong } from "../tables/read_state.ts";
import { encodeText } from "../tables/text_bytes.ts";

/** Bits of the hash that choose a register; 2^15 of them give a standard error of 0.57 %. */
const PRECISION = 15;
const REGISTERS = 2 ** PRECISION;
/** Bits of the hash that are left for the register's value. */
const REST = 64 - PRECISION;
const [HIGH_SEED, LOW_SEED] = [0x9747B28C, 0x3C6EF372];

/** A sketch as JSON. */
export interface HyperLogLogState {
  /** The registers, in order; `-n` means `n` registers that are 0. */
  readonly registers: readonly number[];
}

/**
 * Estimates how many distinct keys were added, in 32 KiB.
 *
 * Each key is hashed to 64 bits. The first 15 choose a register, which holds one more than the largest
 * number of leading zeros that the other 49 had. The estimate is unbiased from none to 2^64 keys; its
 * standard error is `1.04 / sqrt(2^15)`, 0.57 %. Merging keeps the larger of two registers: the result
 * depends neither on the order of the keys nor on how they were split.
 *
 * @see Flajolet et al. (2007), "HyperLogLog"; Ertl (2017), "New cardinality estimation algorithms for
 * HyperLogLog sketches", algorithm 6, for the estimator.
 *
 * @example Ten thousand keys
 * ```ts
 * import { assert } from "@std/assert";
 * import { HyperLogLog } from "./hyper_log_log.ts";
 *
 * const sketch = new HyperLogLog();
 * for (let i = 0; i < 10_000; i++) sketch.add(`192.0.2.${i}`);
 * assert(Math.abs(sketch.estimate() - 10_000) < 300);
 * ```
 */
export class HyperLogLog {
  /** The standard error of an estimate, as a share of the true number. */
  static readonly STANDARD_ERROR: number = 1.04 / Math.sqrt(REGISTERS);

  #registers = new Uint8Array(REGISTERS);
  #bytes = new Uint8Array(256);

  /** Adds a key. */
  add(key: string): void {
    if (3 * key.length > this.#bytes.length) this.#bytes = new Uint8Array(6 * key.length);
    this.addBytes(this.#bytes, 0, encodeText(key, this.#bytes, 0));
  }

  /** Adds a key given as UTF-8: `bytes` from `start` to `end`. */
  addBytes(bytes: Uint8Array, start: number, end: number): void {
    const high = murmurHash3(bytes, end - start, HIGH_SEED, start);
    const low = murmurHash3(bytes, end - start, LOW_SEED, start);
    const register = high >>> (32 - PRECISION);
    const value = 1 + leadingZeros(high << PRECISION, low);
    if (value > this.#registers[register]!) this.#registers[register] = value;
  }

  /** Adds all keys of another sketch, which is not changed. */
  merge(other: HyperLogLog): void {
    for (const [register, value] of other.#registers.entries()) {
      if (value > this.#registers[register]!) this.#registers[register] = value;
    }
  }

  /** Its JSON form: the same for the same keys. */
  toJSON(): HyperLogLogState {
    const registers: number[] = [];
    for (const value of this.#registers) {
      if (value > 0) registers.push(value);
      else if (registers.length > 0 && registers.at(-1)! < 0) registers[registers.length - 1]!--;
      else registers.push(-1);
    }
    return { registers };
  }

  /**
   * Makes a sketch from its JSON form.
   *
   * @throws {SyntaxError} If `value` is not one.
   */
  static fromJSON(value: unknown): HyperLogLog {
    const sketch = new HyperLogLog();
    const state = readObject(value, "a distinct-count sketch");
    let register = 0;
    for (const item of readIntegers(state, "registers", { least: -REGISTERS })) {
      if (item > REST + 1) throw wrong("registers", `integers up to ${REST + 1}`);
      if (item > 0) sketch.#registers[register] = item;
      register += item > 0 ? 1 : -item;
    }
    if (register !== REGISTERS) throw wrong("registers", `${REGISTERS} of them, not ${register}`);
    return sketch;
  }

  /** Estimates how many distinct keys were added. */
  estimate(): number {
    const histogram = new Float64Array(REST + 2);
    for (const value of this.#registers) histogram[value]!++;
    let sum = REGISTERS * tau(1 - histogram[REST + 1]! / REGISTERS);
    for (let value = REST; value >= 1; value--) sum = (sum + histogram[value]!) / 2;
    sum += REGISTERS * sigma(histogram[0]! / REGISTERS);
    return REGISTERS ** 2 / (2 * Math.LN2 * sum);
  }
}

/** Counts the leading zeros of 49 bits: the 17 at the top of `high`, then the 32 of `low`. */
function leadingZeros(high: number, low: number): number {
  const inHigh = Math.clz32(high);
  return inHigh < 32 - PRECISION ? inHigh : 32 - PRECISION + Math.clz32(low);
}

/** Corrects for registers that are still zero. */
function sigma(share: number): number {
  if (share === 1) return Infinity;
  let [x, y, z] = [share, 1, share];
  for (let before = NaN; z !== before; y *= 2) {
    x *= x;
    before = z;
    z += x * y;
  }
  return z;
}

/** Corrects for registers at their maximum. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z] = [share, 1, 1 - share];
  for (let before = NaN; z !== before;) {
    x = Math.sqrt(x);
    before = z;
    y /= 2;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
