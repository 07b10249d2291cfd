import type { HashKey } from "../tables/hashes/half_sip_hash.ts";

/** Draws a hash key that the writer of a log cannot guess. */
export function drawHashKey(): HashKey {
  const [first, second] = crypto.getRandomValues(new Uint32Array(2));
  return [first!, second!];
}
