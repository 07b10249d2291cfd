import type { Analysis } from "../aggregates/analysis.ts";
import { longerBuffer } from "../tables/buffers.ts";
import { JsonColumn } from "../tables/json_columns.ts";
import { toSettings } from "./settings.ts";
import { checksum, type State, STATE_FORMAT } from "./state.ts";

const ENCODER = new TextEncoder();

/** What a state is of: what those were of that were merged in it, or one piece of input, which may have a name. */
export type Source = Pick<State, "shards" | "unnamed"> | { readonly id: string | undefined };

/**
 * Writes a state.
 *
 * @param analysis The analysis of the input.
 * @param source The shards of the input and the number of its unnamed pieces; or the name of the only piece,
 * `undefined` if it has none.
 * @returns One line of JSON in UTF-8, with its LF.
 *
 * @example There and back
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Analysis } from "../aggregates/analysis.ts";
 * import { decodeState } from "./decode_state.ts";
 * import { encodeState } from "./encode_state.ts";
 *
 * const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 25 });
 * const line = encodeState(analysis, { id: "logs/1" });
 * const { shards } = decodeState(line.subarray(0, line.length - 1));
 * assertEquals(shards.map(({ id, lines }) => [id, lines]), [["logs/1", 0]]);
 * ```
 */
export function encodeState(
  analysis: Analysis,
  source: Source,
): Uint8Array<ArrayBuffer> {
  const line = new Bytes();
  line.add(`{"state":"${STATE_FORMAT}","settings":${JSON.stringify(toSettings(analysis.options))}`);
  line.add(',"analysis":');
  const start = line.length;
  // One member at a time: all of them may have 30 MB, and take five times as much as objects.
  let before = "{";
  for (const [name, part] of analysis.members()) {
    line.add(`${before}${JSON.stringify(name)}:`);
    for (const piece of piecesOf(part)) line.add(piece);
    before = ",";
  }
  line.add("}");
  const { shards, unnamed } = "id" in source
    ? describe(analysis, source.id, line.from(start))
    : source;
  line.add(`,"shards":${JSON.stringify(shards)},"unnamed":${unnamed}`);
  line.add(`,"checksum":"${checksum(line.from(0))}"}\n`);
  return line.from(0);
}

function describe(
  analysis: Analysis,
  id: string | undefined,
  found: Uint8Array,
): Pick<State, "shards" | "unnamed"> {
  if (id === undefined) return { shards: [], unnamed: 1 };
  const [lines, bytes] = [analysis.lines.lines(), analysis.bytes];
  return { shards: [{ id, lines, bytes, checksum: checksum(found) }], unnamed: 0 };
}

/** Yields the JSON text of a part in pieces. */
function* piecesOf(part: unknown): Generator<string> {
  if (part instanceof JsonColumn) return yield* part.pieces();
  if (typeof part !== "object" || part === null || Array.isArray(part)) {
    return yield JSON.stringify(part);
  }
  let before = "{";
  for (const [name, value] of Object.entries(part)) {
    yield `${before}${JSON.stringify(name)}:`;
    yield* piecesOf(value);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}

/** A growing buffer of text in UTF-8. */
class Bytes {
  #buffer = new Uint8Array(4096);
  #end = 0;

  get length(): number {
    return this.#end;
  }

  add(text: string): void {
    for (let rest = text; rest !== "";) {
      const { read, written } = ENCODER.encodeInto(rest, this.#buffer.subarray(this.#end));
      this.#end += written;
      rest = rest.slice(read);
      const length = Math.ceil(1.5 * this.#buffer.length) + rest.length;
      if (rest !== "") this.#buffer = new Uint8Array(longerBuffer(this.#buffer.buffer, length));
    }
  }

  /** A view of the bytes from the offset `start` on; valid until more text is added. */
  from(start: number): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(start, this.#end);
  }
}
