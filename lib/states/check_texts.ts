import { hasClient } from "../records/has_client.ts";
import { NAME_BYTES } from "../records/limit_keys.ts";
import type { Column } from "../tables/json_column.ts";
import { wrong } from "../tables/read_state.ts";

const ENCODER = new TextEncoder();
const ELLIPSIS_BYTES = ENCODER.encode("…").length;

/**
 * Asserts that texts are as short as limits leave them.
 *
 * @param texts The column of the texts.
 * @param name The name of the column in errors.
 * @param most How many bytes a text may have, and an ellipsis behind them.
 * @throws {SyntaxError} If a text is longer.
 */
export function checkTexts(texts: Column<string> | undefined, name: string, most: number): void {
  for (const text of textsOf(texts)) {
    // A UTF-16 unit has at most three bytes in UTF-8, so few texts need to be encoded.
    if (3 * text.length <= most || ENCODER.encode(text).length <= most + ELLIPSIS_BYTES) continue;
    throw wrong(name, `texts of at most ${most} bytes and an ellipsis`);
  }
}

/**
 * Asserts that texts are clients.
 *
 * @throws {SyntaxError} If a text is too long, or is none.
 */
export function checkClientTexts(texts: Column<string> | undefined, name: string): void {
  checkTexts(texts, name, NAME_BYTES);
  for (const text of textsOf(texts)) if (!hasClient(text)) throw wrong(name, "clients");
}

/** A column of texts of a parsed state; empty if it is absent. */
export function textsOf(column: Column<string> | undefined): Iterable<string> {
  return (column ?? []) as readonly string[];
}
