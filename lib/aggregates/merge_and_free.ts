import { buffersOf } from "../tables/buffers_of.ts";
import type { Aggregate } from "./aggregate.ts";

/**
 * Merges `other` into `into`, and frees the memory of `other` at once instead of leaving it to the garbage
 * collector. `other` is of no use afterwards.
 */
export function mergeAndFree<Answer extends Aggregate<Answer>>(
  into: Answer,
  other: Answer,
): void {
  into.merge(other);
  for (const buffer of buffersOf(other.toParts?.())) if (!buffer.detached) buffer.transfer(0);
}
