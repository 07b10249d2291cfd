import type { HashKey } from "../tables/hashes/half_sip_hash.ts";

/** Draws a random hash key, which the writer of a log cannot guess. */
export function drawHashKey(): HashKey {
  const [first, second] = crypto.getRandomValues(new Uint32Array(2));
  return [first!, second!];
}
