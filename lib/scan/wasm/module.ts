import { type Code, I32, unsigned } from "./instructions.ts";

/** A function of integers of 32 bits that gives one. */
export interface FunctionCode {
  /** How many parameters it has. */
  readonly parameters: number;
  /** Its variables and its body, as a module has them. */
  readonly code: Code;
  /** Under which name it is exported, if it is. */
  readonly name?: string;
}

/**
 * Makes a function.
 *
 * @param parameters How many parameters it has.
 * @param locals The types of its other variables, in order.
 * @param body What it does; its last value, or that of {@linkcode returnWith}, is its result.
 */
export function makeFunction(
  parameters: number,
  locals: readonly number[],
  body: Code,
): FunctionCode {
  const code = [...list(locals.map((type) => [1, type])), ...body, 0x0B];
  return { parameters, code: [...unsigned(code.length), ...code] };
}

/**
 * Puts a module together.
 *
 * @see {@link https://www.w3.org/TR/wasm-core-2/} WebAssembly Core Specification, section 5.5.
 *
 * @param imported Of each function that it imports, how many parameters it has: they are `"0"`, `"1"` and so
 * on of `"host"`, and its memory is `"memory"` of the same.
 * @param functions Its own.
 * @returns The bytes of the module.
 *
 * @example The sum of two integers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { i32, Local } from "./instructions.ts";
 * import { assemble, makeFunction } from "./module.ts";
 *
 * const [left, right] = [new Local(0), new Local(1)];
 * const sum = { ...makeFunction(2, [], i32.add(left.get, right.get)), name: "sum" };
 * const memory = new WebAssembly.Memory({ initial: 1 });
 * const module = new WebAssembly.Module(assemble([], [sum]));
 * const { sum: add } = new WebAssembly.Instance(module, { host: { memory } }).exports;
 * assertEquals((add as CallableFunction)(2, 3), 5);
 * ```
 */
export function assemble(
  imported: readonly number[],
  functions: readonly FunctionCode[],
): Uint8Array<ArrayBuffer> {
  // The type of each is the number of its parameters.
  const most = Math.max(...imported, ...functions.map(({ parameters }) => parameters));
  const types = Array.from({ length: most + 1 }, (_, parameters) => [
    ...[0x60, ...list(Array.from({ length: parameters }, () => [I32]))],
    ...list([[I32]]),
  ]);
  const host = (name: string, kind: Code) => [...text("host"), ...text(name), ...kind];
  const imports = [
    host("memory", [0x02, 0x00, 1]),
    ...imported.map((parameters, i) => host(`${i}`, [0x00, parameters])),
  ];
  const exported = functions.flatMap(({ name }, i) =>
    name === undefined ? [] : [[...text(name), 0x00, ...unsigned(imported.length + i)]]
  );
  // Not as parameters of a call, of which an engine takes only so many.
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6D, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imports),
    ...section(3, functions.map(({ parameters }) => [parameters])),
    ...section(7, exported),
    ...section(10, functions.map(({ code }) => code)),
  ]);
}

function section(id: number, entries: readonly Code[]): Code {
  const content = list(entries);
  return [id, ...unsigned(content.length), ...content];
}

function list(entries: readonly Code[]): Code {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(value: string): Code {
  return list([...new TextEncoder().encode(value)].map((byte) => [byte]));
}
