import type { Report, Rows } from "../report.ts";
import { encodeJson } from "./encode_json.ts";

const ROWS_AT_ONCE = 8;
const INTO = "[\n  [", OUT_OF = "\n  ]\n]";

/**
 * Renders a report as JSON (RFC 8259), indented by two spaces, with a newline at the end.
 *
 * Yields the JSON in pieces, a few rows of a list at a time, as all of it may take more memory than the report.
 * Maps become JSON objects whose keys keep their order: a JavaScript object would move keys that look like
 * numbers to the front, and keys can be log text.
 *
 * @param report The report.
 * @returns The pieces, in order.
 */
export function* renderJson(report: Report): Generator<string> {
  let before = "{\n  ";
  for (const [name, value] of Object.entries(report)) {
    yield `${before}${encodeJson(name)}: `;
    if (value instanceof Map) yield indent(renderMap(value), 1);
    else if (isRows(value)) yield* renderRows(value);
    else yield indent(encodeJson(value, 2), 1);
    before = ",\n  ";
  }
  yield "\n}\n";
}

function isRows(value: unknown): value is Rows<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function* renderRows(rows: Rows<unknown>): Generator<string> {
  if (rows.length === 0) return yield "[]";
  let before = "[";
  for (const some of inGroups(rows)) {
    // Indented as deep as in the report, without the brackets around them.
    yield before + encodeJson([some], 2).slice(INTO.length, -OUT_OF.length);
    before = ",";
  }
  yield "\n  ]";
}

/** Yields `ROWS_AT_ONCE` rows at a time: enough to be worth a call, and few enough to take little memory. */
function* inGroups<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let some: Row[] = [];
  for (const row of rows) {
    if (some.push(row) < ROWS_AT_ONCE) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

function renderMap(map: ReadonlyMap<string, unknown>): string {
  const members = [...map].map(([key, value]) => `${encodeJson(key)}: ${encodeJson(value)}`);
  return members.length === 0 ? "{}" : `{\n  ${members.join(",\n  ")}\n}`;
}

/** Indents all lines but the first. Newlines in log text are escaped, so each newline here begins a line. */
function indent(json: string, depth: number): string {
  return json.replaceAll("\n", `\n${"  ".repeat(depth)}`);
}
