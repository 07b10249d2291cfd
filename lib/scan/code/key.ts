import type { KeyColumn } from "../../records/key_column.ts";
import type { Code } from "../wasm/code.ts";
import { all, call } from "../wasm/control.ts";
import { i32 } from "../wasm/instructions.ts";
import type { Local } from "../wasm/local.ts";

/**
 * Writes where a key stands, and its mix, into a row.
 *
 * @param column The column of the key.
 * @param row The row.
 * @param start The address of its first byte.
 * @param end The address behind its last byte.
 */
export function storeKey(
  { starts, ends, stamps }: KeyColumn,
  row: Local,
  start: Code,
  end: Code,
): Code {
  const place = i32.shl(row.get, i32.const(2));
  return all(
    i32.store(place, start, starts.byteOffset),
    i32.store(place, end, ends.byteOffset),
    i32.store(place, call("mixKey", start, end), stamps.byteOffset),
  );
}
