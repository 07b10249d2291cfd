import type { KeyColumn } from "../../records/key_column.ts";
import { compileKeyMixer } from "../code/key.ts";
import { assemble } from "../wasm/assemble.ts";
import { compileKeyFinder, compileKeyTest, compileRecall } from "./find.ts";
import {
  compileKeyAppender,
  compileKeyInserter,
  compileRemember,
  compileRoomMaker,
} from "./remember.ts";

/** Does something with keys of a kind, in `rows` rows of a column that starts at an address. */
export type DoWithKeys = (kind: number, start: number, rows: number) => number;

/**
 * The memo is a cache of keys: it tells which slot a key had when it was counted last, so that the key need not
 * be looked for with a hash that nobody can guess. It is a hash table with open addressing, whose keys are
 * stored one behind the other; when there is no room for more it evicts all of them and starts anew.
 *
 * Memory: for each key its own bytes and 16 more, at most 8 MiB, and 16 to 32 for places in the table, at most
 * 2 MiB.
 */
export interface Memo {
  /**
   * Writes the slot and the stamp of each key that the memo knows, into the first `rows` rows. Before, the column has
   * the mix of a key where its stamp is to be.
   */
  readonly recall: DoWithKeys;
  /** Remembers the slot and the stamp of each key that was missed: the first `rows` in `missed` of the column. */
  readonly remember: DoWithKeys;
}

/**
 * Makes the module of the memo.
 *
 * @param column A column as all are.
 * @returns The bytes of the module, which exports a {@linkcode Memo}.
 */
export function compileMemo(column: KeyColumn): Uint8Array<ArrayBuffer> {
  const functions = [
    compileKeyMixer(),
    compileKeyTest(),
    compileKeyFinder(),
    compileKeyInserter(),
    compileRoomMaker(),
    compileKeyAppender(),
    compileRecall(column),
    compileRemember(column),
  ];
  return assemble({ functions, exports: ["recall", "remember"] });
}
