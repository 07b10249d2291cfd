/**
 * Splits a line into columns: at tabs, if there are as many as that makes; else at spaces and tabs, however many, but
 * not in a text in quotes, where two quotes stand for one.
 *
 * @param line A line without its terminator.
 * @param count How many columns there are to be.
 * @returns The values; `undefined` if they are not so many.
 *
 * @example Spaces and quotes
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { splitColumns } from "./split_columns.ts";
 *
 * assertEquals(splitColumns('a  "b ""c"" d" -', 3), ["a", 'b "c" d', "-"]);
 * assertEquals(splitColumns("a b\t\t", 2), ["a b", ""]);
 * assertEquals(splitColumns("a b", 3), undefined);
 * ```
 */
export function splitColumns(line: string, count: number): string[] | undefined {
  const values = splitAtTabs(line, count) ?? splitAtSpaces(line, count);
  return values?.length === count ? values : undefined;
}

function splitAtTabs(line: string, count: number): string[] | undefined {
  if (!line.includes("\t")) return undefined;
  const values = line.split("\t", count + 2);
  // A tab may end the line.
  if (values.length === count + 1 && values[count] === "") values.pop();
  return values.length === count ? values : undefined;
}

const SPACES = /[ \t]*/y;
const WORD = /[^ \t]+/y;
const QUOTED = /"([^"]*(?:""[^"]*)*)"(?![^ \t])/y;

function splitAtSpaces(line: string, count: number): string[] | undefined {
  const values: string[] = [];
  for (let at = pass(SPACES, line, 0); at < line.length; at = pass(SPACES, line, at)) {
    if (values.length === count) return undefined;
    QUOTED.lastIndex = at;
    const quoted = line[at] === '"' ? QUOTED.exec(line) : null;
    const end = quoted === null ? pass(WORD, line, at) : QUOTED.lastIndex;
    values.push(quoted === null ? line.slice(at, end) : quoted[1]!.replaceAll('""', '"'));
    at = end;
  }
  return values;
}

/** Where a pattern ends that begins at a place. */
function pass(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
}
