import type { KeyColumn } from "../../records/key_column.ts";
import { IMPORTED } from "../code/function_indexes.ts";
import { mixKey } from "../code/mix_key.ts";
import { assemble } from "../wasm/module.ts";
import { findKey, isKey, recall } from "./memo_code.ts";
import { appendKey, enterKey, makeRoom, remember } from "./remember_code.ts";

/** Does something with the keys of a kind, in a column that starts at an address, of so many rows. */
export type DoWithKeys = (kind: number, start: number, rows: number) => number;

/**
 * The memo tells which slot a key had when it was counted last, so that it need not be looked for with a hash
 * that nobody can guess. It is a hash table of keys that stand one behind the other; when there is no room for
 * more it forgets all and starts anew.
 *
 * Memory: 16 bytes and its own for each key, at most 8 MiB, and 16 to 32 for its places in the table, at most
 * 2 MiB.
 */
export interface Memo {
  /** Writes what it knows of keys, whose mixes stand where their stamps are to be. */
  readonly recall: DoWithKeys;
  /** Remembers keys that had to be looked for when they were counted. */
  readonly remember: DoWithKeys;
}

/**
 * Makes the module of the memo.
 *
 * @param column A column as all are.
 * @returns The bytes of the module, which exports a {@linkcode Memo}.
 */
export function compileMemo(column: KeyColumn): Uint8Array<ArrayBuffer> {
  const find = [mixKey(), isKey(), findKey()],
    keep = [enterKey(), makeRoom(), appendKey()];
  // It imports what it does not call, so that functions have the indexes that they have where lines are read.
  return assemble(IMPORTED, [...find, ...keep, recall(column), remember(column)]);
}
