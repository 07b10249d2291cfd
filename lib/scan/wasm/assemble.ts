import { I32 } from "./instructions.ts";
import { unsigned } from "./leb128.ts";
import type { FunctionCode } from "./make_function.ts";

/** A function of the host, whose parameters and result are integers of 32 bits. */
export type ImportedFunction = Pick<FunctionCode, "name" | "parameters">;

/** What a module is put together from. */
export interface ModuleParts {
  /**
   * The functions that it imports. They are `"0"`, `"1"` and so on of `"host"`, and its memory is `"memory"` of
   * the same; their names are for the code that calls them.
   */
  readonly imports?: readonly ImportedFunction[];
  /** Its own functions. */
  readonly functions: readonly FunctionCode[];
  /** The names of those of its own functions that it exports. */
  readonly exports: readonly string[];
}

/** A list of bytes. */
type Bytes = readonly number[];

/**
 * Puts a module together: here each name of a function becomes its index.
 *
 * @see {@link https://www.w3.org/TR/wasm-core-2/} WebAssembly Core Specification, section 5.5.
 *
 * @returns The bytes of the module.
 * @throws {Error} If no function has a name that is called or exported, or two functions have the same name.
 *
 * @example The sum of two integers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { assemble } from "./assemble.ts";
 * import { i32 } from "./instructions.ts";
 * import { makeFunction } from "./make_function.ts";
 *
 * const sum = makeFunction("sum", ({ param }) => i32.add(param().get, param().get));
 * const bytes = assemble({ functions: [sum], exports: ["sum"] });
 * const host = { memory: new WebAssembly.Memory({ initial: 1 }) };
 * const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { host });
 * assertEquals((instance.exports["sum"] as CallableFunction)(2, 3), 5);
 * ```
 */
export function assemble(
  { imports = [], functions, exports }: ModuleParts,
): Uint8Array<ArrayBuffer> {
  const indexes = indexesOf([...imports, ...functions]);
  // The type of each is the number of its parameters.
  const max = Math.max(...[...imports, ...functions].map(({ parameters }) => parameters));
  const types = Array.from({ length: max + 1 }, (_, parameters) => [
    ...[0x60, ...list(Array.from({ length: parameters }, () => [I32]))],
    ...list([[I32]]),
  ]);
  const host = (name: string, kind: Bytes) => [...text("host"), ...text(name), ...kind];
  const imported = [
    host("memory", [0x02, 0x00, 1]),
    ...imports.map(({ parameters }, i) => host(`${i}`, [0x00, parameters])),
  ];
  const exported = exports.map((name) => [...text(name), 0x00, ...indexOf(name, indexes)]);
  // Not as parameters of a call, of which an engine takes only so many.
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imported),
    ...section(3, functions.map(({ parameters }) => [parameters])),
    ...section(7, exported),
    ...section(10, functions.map((one) => bytesOf(one, indexes))),
  ]);
}

/** The index of each function by its name. */
type Indexes = ReadonlyMap<string, Bytes>;

function indexesOf(functions: readonly ImportedFunction[]): Indexes {
  const indexes = new Map<string, Bytes>();
  for (const [i, { name }] of functions.entries()) {
    if (indexes.has(name)) throw new Error(`Two functions of a module are called "${name}"`);
    indexes.set(name, unsigned(i));
  }
  return indexes;
}

function indexOf(name: string, indexes: Indexes): Bytes {
  const index = indexes.get(name);
  if (index === undefined) throw new Error(`No function of the module is called "${name}"`);
  return index;
}

/** A function as a module has it: its length, its variables and its body. */
function bytesOf({ locals, body }: FunctionCode, indexes: Indexes): Bytes {
  const code = body.map((part) => typeof part === "string" ? indexOf(part, indexes) : part);
  const bytes = join([list(locals.map((type) => [1, type])), ...code, [0x0B]]);
  return join([unsigned(bytes.length), bytes]);
}

function section(id: number, entries: readonly Bytes[]): Bytes {
  const content = list(entries);
  return join([[id], unsigned(content.length), content]);
}

function list(entries: readonly Bytes[]): Bytes {
  return join([unsigned(entries.length), ...entries]);
}

/** Joins lists, of which there are few, faster than `flat()` does. */
function join(parts: readonly Bytes[]): Bytes {
  return ([] as Bytes).concat(...parts);
}

function text(value: string): Bytes {
  return list([...new TextEncoder().encode(value)].map((byte) => [byte]));
}
