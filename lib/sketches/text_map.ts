/**
 * A map whose keys come from outside, and so may be chosen by an attacker.
 *
 * The engine seeds the hash of a string at random, but not that of one that reads as an array
 * index: `"1001472"` hashes to its value, so multiples of a power of two share a bucket, and each
 * access costs as much as there are of them. Such keys are stored under another name.
 *
 * @see Crosby, Wallach (2003), "Denial of service via algorithmic complexity attacks"
 *
 * @example Any text is a key
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { TextMap } from "./text_map.ts";
 *
 * const map = new TextMap<number>();
 * for (const [i, key] of ["12", "#12", "__proto__"].entries()) map.set(key, i);
 * assertEquals([...map], [["12", 0], ["#12", 1], ["__proto__", 2]]);
 * assertEquals(map.get("12"), 0);
 * ```
 */
export class TextMap<V> {
  #map = new Map<string, V>();

  /** How many keys there are. */
  get size(): number {
    return this.#map.size;
  }

  /** The value of a key, if it has one. */
  get(key: string): V | undefined {
    return this.#map.get(guard(key));
  }

  /** Gives a key its value. */
  set(key: string, value: V): void {
    this.#map.set(guard(key), value);
  }

  /** Forgets a key. */
  delete(key: string): void {
    this.#map.delete(guard(key));
  }

  /** All keys with their values, in the order in which they came first. */
  *[Symbol.iterator](): Generator<[key: string, value: V]> {
    for (const [key, value] of this.#map) yield [key.startsWith(MARK) ? key.slice(1) : key, value];
  }
}

const MARK = "#";
/** The longest array index, 2^32 − 2, has ten digits; longer numbers hash as other text does. */
const LONGEST_INDEX = 10;

/** Marks what reads as an array index, and what is marked already, so that no two keys become one. */
function guard(key: string): string {
  return key.startsWith(MARK) || isDigits(key) ? MARK + key : key;
}

function isDigits(key: string): boolean {
  if (key.length > LONGEST_INDEX) return false;
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    if (unit < 0x30 || unit > 0x39) return false;
  }
  return key.length > 0;
}
