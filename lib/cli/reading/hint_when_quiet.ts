import type { Bytes } from "../../lines/bytes.ts";

/** How long an input may give nothing before that is taken for the end of what there is for now. */
export const QUIET_MS = 2000;

/**
 * Passes chunks on, and calls `hint` once when none has come for {@linkcode QUIET_MS}: whoever follows a file
 * (`tail -F`) wonders then why there is no report.
 *
 * @param chunks The chunks of an input.
 * @param hint Is called at most once, while a chunk is awaited.
 * @returns The same chunks.
 *
 * @example An input that is never quiet
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { hintWhenQuiet } from "./hint_when_quiet.ts";
 *
 * async function* chunks() {
 *   yield new Uint8Array(1);
 * }
 * const passed = await Array.fromAsync(hintWhenQuiet(chunks(), () => {
 *   throw new Error("not called");
 * }));
 * assertEquals(passed.length, 1);
 * ```
 */
export async function* hintWhenQuiet(
  chunks: AsyncIterable<Bytes>,
  hint: () => void,
): AsyncGenerator<Bytes> {
  const source = chunks[Symbol.asyncIterator]();
  let isHinted = false;
  try {
    for (;;) {
      const timer = isHinted ? undefined : setTimeout(() => {
        isHinted = true;
        hint();
      }, QUIET_MS);
      // After a stop nobody waits for the chunk, and the timer must not hold the process.
      if (timer !== undefined) Deno.unrefTimer(timer);
      const next = await source.next().finally(() => clearTimeout(timer));
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await source.return?.();
  }
}
