import type { Keep } from "./condense_json.ts";
import type { JsonFormat } from "./json_description.ts";

/**
 * Tells which members of a long line are kept: those that formats look at.
 *
 * @param formats The formats.
 * @returns What to keep.
 *
 * @example A format that looks at a key in an object
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { condenseJson } from "./condense_json.ts";
 * import { keepOf } from "./keep_of.ts";
 *
 * const keep = keepOf([{ when: [{ at: "http.code" }], keys: [] }]);
 * assertEquals(condenseJson('{"http":{"code":200,"more":[1]},"x":1}', keep), '{"http":{"code":200}}');
 * ```
 */
export function keepOf(
  formats: readonly Pick<JsonFormat, "when" | "any" | "context" | "needs" | "keys">[],
): Keep {
  const paths = formats.flatMap(({ when, any = [], context = [], needs = [], keys }) => [
    ...[...when, ...any.flat(), ...context, ...keys].map(({ at }) => at),
    ...needs,
  ]);
  return keepPaths([...new Set(paths)]);
}

function keepPaths(paths: readonly string[]): Keep {
  return (name) => {
    const inside = paths.filter((path) => path.startsWith(`${name}.`))
      .map((path) => path.slice(name.length + 1));
    return inside.length > 0 ? keepPaths(inside) : paths.includes(name);
  };
}
