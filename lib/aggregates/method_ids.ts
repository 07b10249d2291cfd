import type { KeyColumn } from "../records/key_column.ts";
import { decodeText } from "../records/record_batch.ts";

/** Up to how many methods are told apart. RFC 9110 defines eight; only an attacker's log has more than a dozen. */
export const MAX_METHOD_IDS: number = 32;
/** In place of the number of a method: there are too many others. */
export const OTHER_METHOD: number = -1;

/** How many slots of methods are remembered. */
const REMEMBERED = 64;

/**
 * Numbers methods in the order in which they come, from 0 on.
 *
 * @example Two methods
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { KeyColumn } from "../records/key_column.ts";
 * import { MethodIds } from "./method_ids.ts";
 *
 * const ids = new MethodIds(), bytes = new TextEncoder().encode("GETPUTGET");
 * const methods = new KeyColumn(3);
 * for (const [row, start] of [0, 3, 6].entries()) methods.place(row, start, start + 3);
 * assertEquals([0, 1, 2].map((row) => ids.idOf(bytes, methods, row)), [0, 1, 0]);
 * assertEquals(ids.methods, ["GET", "PUT"]);
 * ```
 */
export class MethodIds {
  /** The methods, by their numbers. */
  readonly methods: string[] = [];
  /** For each of the first slots that methods have elsewhere, the number of the one that had it last, and its stamp. */
  readonly #ofSlot = new Int8Array(REMEMBERED);
  readonly #stamps = new Int32Array(REMEMBERED).fill(-1);

  /** The number of the method in a row of a column; {@linkcode OTHER_METHOD} if there are too many others. */
  idOf(
    bytes: Uint8Array<ArrayBuffer>,
    { starts, ends, slots, stamps }: KeyColumn,
    row: number,
  ): number {
    const slot = slots[row]!, isRemembered = slot >= 0 && slot < REMEMBERED;
    if (isRemembered && this.#stamps[slot] === stamps[row]) return this.#ofSlot[slot]!;
    const id = this.intern(decodeText(bytes, starts[row]!, ends[row]!));
    if (isRemembered) [this.#ofSlot[slot], this.#stamps[slot]] = [id, stamps[row]!];
    return id;
  }

  /** The number of a method, a new one if needed and possible. */
  intern(method: string): number {
    const id = this.methods.indexOf(method);
    if (id !== -1) return id;
    return this.methods.length === MAX_METHOD_IDS ? OTHER_METHOD : this.methods.push(method) - 1;
  }
}
