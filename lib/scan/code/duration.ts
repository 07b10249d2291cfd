import { all, returnWith, when } from "../wasm/control.ts";
import { f64, i32 } from "../wasm/instructions.ts";
import { I32, I64 } from "../wasm/local.ts";
import { type FunctionCode, makeFunction } from "../wasm/make_function.ts";
import { refuseUnlessInteger, scaleTo, takeDecimals, takeDigits } from "./digits.ts";

/** An integer of at most 12 digits is surely in the range, and exact with three decimals. */
const MAX_DIGITS = 12;
const NOT_TAKEN = i32.const(-1);

/**
 * Compiles `readResponseTime(at, row)`, which reads milliseconds with at most three decimals into a row. It
 * gives the address behind them, or −1 if it takes none.
 *
 * @param timesUs The column of response times.
 */
export function compileResponseTimeReader(timesUs: Float64Array): FunctionCode {
  return makeFunction("readResponseTime", ({ param, local }) => {
    const at = param(), row = param();
    const start = local(I32), digit = local(I32), decimals = local(I32), value = local(I64);
    const variables = { start, at, digit, value };
    const length = i32.sub(at.get, start.get);
    return all(
      start.set(at.get),
      takeDigits(variables),
      refuseUnlessInteger(variables),
      when(i32.gtU(length, i32.const(MAX_DIGITS)), returnWith(NOT_TAKEN)),
      takeDecimals(
        variables,
        all(
          decimals.set(length),
          when(i32.gtU(i32.sub(decimals.get, i32.const(1)), i32.const(2)), returnWith(NOT_TAKEN)),
        ),
      ),
      scaleTo(3, decimals, value),
      f64.store(i32.shl(row.get, i32.const(3)), f64.convertI64S(value.get), timesUs.byteOffset),
      at.get,
    );
  });
}
