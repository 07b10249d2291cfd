import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { assemble } from "../../../lib/scan/wasm/assemble.ts";
import {
  all,
  call,
  type Code,
  f64,
  fillWithZeros,
  I32,
  i32,
  i64,
  i8x16,
  type Local,
  type Operator,
  repeatWhile,
  returnWith,
  V128,
  v128,
  when,
  wordOf,
} from "../../../lib/scan/wasm/instructions.ts";
import { type FunctionCode, makeFunction } from "../../../lib/scan/wasm/make_function.ts";

const memory = new WebAssembly.Memory({ initial: 1 });
const bytes = new Uint8Array(memory.buffer), view = new DataView(memory.buffer);

type Host = Readonly<Record<string, (...parameters: number[]) => number>>;

/** Calls the last of some functions, with functions of a host. */
function run(
  functions: readonly FunctionCode[],
  parameters: readonly number[],
  host: Host = {},
): number {
  const { name } = functions.at(-1)!;
  const code = assemble({
    imports: Object.entries(host).map(([name, { length }]) => ({ name, parameters: length })),
    functions,
    exports: [name],
  });
  const imported = { host: { memory, ...Object.values(host) } };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), imported);
  return (exports[name] as (...parameters: readonly number[]) => number)(...parameters);
}

/** What an expression of two parameters gives. */
function computeOf(body: (first: Local, second: Local) => Code, a: number, b: number): number {
  return run([makeFunction("main", ({ param }) => body(param(), param()))], [a, b]);
}

const compute = (body: Code) => run([makeFunction("main", () => body)], []);

Deno.test("constants of any size are what they are", () => {
  fc.assert(fc.property(fc.integer(), (value) => {
    assertEquals(compute(i32.const(value)), value);
  }));
  fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
    const high = i64.shrU(i64.const(value), i64.const(32n));
    assertEquals(compute(i32.wrapI64(i64.const(value))), Number(BigInt.asIntN(32, value)));
    assertEquals(compute(i32.wrapI64(high)), Number(BigInt.asIntN(32, value >> 32n)));
  }));
  fc.assert(fc.property(fc.double(), (value) => {
    compute(all(f64.store(i32.const(8), f64.const(value)), i32.const(0)));
    assertEquals(view.getFloat64(8, true), value);
  }));
});

Deno.test("integers of 32 bits are computed with as those of JavaScript are", () => {
  const operators: Readonly<Record<string, [Operator, (a: number, b: number) => number]>> = {
    add: [i32.add, (a, b) => a + b | 0],
    sub: [i32.sub, (a, b) => a - b | 0],
    mul: [i32.mul, Math.imul],
    and: [i32.and, (a, b) => a & b],
    or: [i32.or, (a, b) => a | b],
    xor: [i32.xor, (a, b) => a ^ b],
    shl: [i32.shl, (a, b) => a << b],
    shrU: [i32.shrU, (a, b) => a >>> b | 0],
    eq: [i32.eq, (a, b) => Number(a === b)],
    ne: [i32.ne, (a, b) => Number(a !== b)],
    ltU: [i32.ltU, (a, b) => Number(a >>> 0 < b >>> 0)],
    gtU: [i32.gtU, (a, b) => Number(a >>> 0 > b >>> 0)],
    eqz: [(a, _b) => i32.eqz(a), (a) => Number(a === 0)],
    ctz: [(a, _b) => i32.ctz(a), (a) => a === 0 ? 32 : 31 - Math.clz32(a & -a)],
    popcnt: [(a, _b) => i32.popcnt(a), (a) => (a >>> 0).toString(2).replaceAll("0", "").length],
  };
  for (const [name, [operator, expected]] of Object.entries(operators)) {
    const compute = (a: number, b: number) =>
      computeOf((first, second) => operator(first.get, second.get), a, b);
    fc.assert(
      fc.property(fc.integer(), fc.oneof(fc.integer(), fc.integer({ max: 40 })), (a, b) => {
        assertEquals(compute(a, b), expected(a, b), name);
        assertEquals(compute(a, a), expected(a, a), name);
      }),
      { numRuns: 50 },
    );
  }
});

Deno.test("integers of 64 bits are computed with as big ones are", () => {
  const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const low = (code: Code) => BigInt(compute(i32.wrapI64(code)));
  const whole = (code: Code) =>
    BigInt.asIntN(64, low(i64.shrU(code, i64.const(32n))) << 32n | low(code) & 0xFFFFFFFFn);
  fc.assert(
    fc.property(wide, wide, (a, b) => {
      const [left, right] = [i64.const(a), i64.const(b)];
      assertEquals(whole(i64.add(left, right)), BigInt.asIntN(64, a + b));
      assertEquals(whole(i64.sub(left, right)), BigInt.asIntN(64, a - b));
      assertEquals(whole(i64.shl(left, i64.const(b & 63n))), BigInt.asIntN(64, a << (b & 63n)));
      assertEquals(whole(i64.mul(left, right)), BigInt.asIntN(64, a * b));
      assertEquals(whole(i64.and(left, right)), a & b);
      assertEquals(whole(i64.or(left, right)), a | b);
      assertEquals(whole(i64.xor(left, right)), a ^ b);
      const unsigned = (value: bigint) => BigInt.asUintN(64, value);
      if (b !== 0n) {
        const quotient = BigInt.asIntN(64, unsigned(a) / unsigned(b));
        assertEquals(whole(i64.divU(left, right)), quotient);
      }
      assertEquals(whole(i64.shrS(left, i64.const(b & 63n))), a >> (b & 63n));
      assertEquals(compute(i64.gtU(left, right)), Number(unsigned(a) > unsigned(b)));
      compute(all(i64.store(i32.const(8), left), i32.const(0)));
      assertEquals(view.getBigInt64(8, true), a);
      assertEquals(compute(i64.ne(left, right)), Number(a !== b));
      assertEquals(compute(i64.ne(left, left)), 0);
    }),
    { numRuns: 50 },
  );
  fc.assert(fc.property(fc.integer(), (value) => {
    assertEquals(whole(i64.extendI32S(i32.const(value))), BigInt(value));
    assertEquals(whole(i64.extendI32U(i32.const(value))), BigInt(value >>> 0));
  }));
  assertEquals(wordOf(1, 2, 0, 0xFF), 0xFF000201n);
});

Deno.test("sixteen bytes are compared at once", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.integer({ min: 0, max: 255 }),
      (block, byte) => {
        bytes.set(block, 64);
        const loaded = v128.load(i32.const(60), 4), same = i8x16.splat(i32.const(byte));
        const bitsOf = (isOne: (byte: number) => boolean) =>
          block.reduce((bits, byte, i) => bits | Number(isOne(byte)) << i, 0);
        const bits = (code: Code) => compute(i8x16.bitmask(code));
        assertEquals(bits(loaded), bitsOf((one) => one >= 0x80));
        assertEquals(bits(i8x16.eq(loaded, same)), bitsOf((one) => one === byte));
        assertEquals(bits(v128.or(loaded, same)), bitsOf((one) => (one | byte) >= 0x80));
        assertEquals(bits(v128.and(loaded, same)), bitsOf((one) => (one & byte) >= 0x80));
        assertEquals(bits(v128.xor(loaded, same)), bitsOf((one) => (one ^ byte) >= 0x80));
        assertEquals(compute(v128.anyTrue(loaded)), Number(block.some((one) => one > 0)));
        compute(all(v128.store(i32.const(90), loaded, 11), i32.const(0)));
        assertEquals(bytes.slice(101, 117), block);
        compute(all(fillWithZeros(i32.const(102), i32.const(15)), i32.const(0)));
        assertEquals([...bytes.subarray(101, 117)], [block[0], ...new Uint8Array(15)]);
        assertEquals(bits(i8x16.sub(loaded, same)), bitsOf((one) => (one - byte & 0xFF) >= 0x80));
        assertEquals(
          bits(i8x16.eq(i8x16.minU(loaded, same), loaded)),
          bitsOf((one) => one <= byte),
        );
      },
    ),
  );
});

Deno.test("what is stored is loaded, with any offset", () => {
  for (const offset of [0, 1, 127, 128, 20_000]) {
    const at = i32.const(16);
    const store = all(
      i32.store(at, i32.const(0x12345678), offset),
      i32.store16(at, i32.const(0x1BEEF), offset + 4),
      f64.store(at, f64.add(f64.convertI64S(i64.const(-3n)), f64.const(0.5)), offset + 6),
    );
    assertEquals(compute(all(store, i32.load(at, offset))), 0x12345678);
    assertEquals(compute(i32.load8U(at, offset + 1)), 0x56);
    assertEquals(compute(i32.load16U(at, offset + 4)), 0xBEEF);
    assertEquals(view.getFloat64(16 + offset + 6, true), -2.5);
    compute(all(f64.store(at, f64.load(at, offset + 6), 300), i32.const(0)));
    assertEquals(view.getFloat64(316, true), -2.5);
    assertEquals(compute(i32.wrapI64(i64.load(at, offset))), 0x12345678);
  }
});

Deno.test("conditions, loops, calls and early ends do what they say", () => {
  // The sum of what the host makes of each number below the first parameter, up to 1,000.
  const isOver = makeFunction("isOver", ({ param }) => i32.gtU(param().get, param().get));
  const main = makeFunction("main", ({ param, local }) => {
    const first = param(), second = param(), sum = local(I32), bits = local(I32);
    // A variable of another type, behind those of integers.
    local(V128);
    return all(
      repeatWhile(
        first.get,
        all(
          first.increase(i32.const(-1)),
          sum.increase(call("square", first.get, sum.get)),
          when(call("isOver", sum.get, i32.const(1000)), returnWith(i32.const(1000))),
        ),
      ),
      when(second.get, sum.set(i32.add(sum.get, i32.const(1))), sum.set(bits.tee(i32.const(-1)))),
      sum.get,
    );
  });
  const square = (value: number, _sum: number) => value * value;
  assertEquals(run([isOver, main], [5, 1], { square }), 0 + 1 + 4 + 9 + 16 + 1);
  assertEquals(run([isOver, main], [5, 0], { square }), -1);
  assertEquals(run([isOver, main], [5000, 0], { square }), 1000);
  assertThrows(() =>
    run([isOver, main], [5, 1], {
      square: (_value, _sum) => {
        throw new RangeError("told through");
      },
    }), RangeError);
});

Deno.test("functions are called by their names, wherever they stand and however many there are", () => {
  // More than 128, so that some indexes have two bytes.
  const numbers = Array.from(
    { length: 200 },
    (_, i) => makeFunction(`number ${i}`, () => i32.const(i)),
  );
  const main = (name: string) => makeFunction("main", () => call(name));
  for (const i of [0, 125, 126, 127, 128, 199]) {
    assertEquals(run([...numbers, main(`number ${i}`)], []), i);
    assertEquals(run([...numbers, main(`number ${i}`)], [], { other: () => -1 }), i);
    assertEquals(run([...numbers, main("other")], [], { other: () => -i }), -i);
  }
  const later = makeFunction("later", () => i32.const(7));
  const module = assemble({ functions: [main("later"), later], exports: ["later", "main"] });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), {
    host: { memory },
  });
  assertEquals(Object.keys(exports), ["later", "main"]);
  assertEquals((exports["main"] as CallableFunction)(), 7);
});

Deno.test("assemble() refuses names of functions that there are not, and two of one name", () => {
  const zero = (name: string) => makeFunction(name, () => i32.const(0));
  const calling = makeFunction("main", () => all(call("zreo")));
  assertThrows(
    () => assemble({ functions: [zero("zero"), calling], exports: ["main"] }),
    Error,
    'No function of the module is called "zreo"',
  );
  assertThrows(
    () => assemble({ functions: [zero("zero")], exports: ["main"] }),
    Error,
    'No function of the module is called "main"',
  );
  const twice = 'Two functions of a module are called "zero"';
  assertThrows(
    () => assemble({ functions: [zero("zero"), zero("zero")], exports: [] }),
    Error,
    twice,
  );
  const imports = [{ name: "zero", parameters: 0 }];
  assertThrows(() => assemble({ imports, functions: [zero("zero")], exports: [] }), Error, twice);
  assertThrows(
    () => assemble({ imports: [...imports, ...imports], functions: [], exports: [] }),
    Error,
    twice,
  );
});

Deno.test("makeFunction() refuses a parameter that is declared after a local variable", () => {
  assertThrows(
    () =>
      makeFunction("late", ({ param, local }) => {
        param();
        local(I32);
        return param().get;
      }),
    Error,
    "A parameter of late is declared after a local variable",
  );
});
