import { buffersOf } from "../tables/buffers_of.ts";
import type { Aggregate } from "./aggregate.ts";

/**
 * Merges an aggregate into another and gives its memory back at once, not when the garbage collector comes;
 * it is of no use afterwards.
 */
export function mergeAndFree<Answer extends Aggregate<Answer>>(
  into: Answer,
  other: Answer,
): void {
  into.merge(other);
  for (const buffer of buffersOf(other.toParts?.())) if (!buffer.detached) buffer.transfer(0);
}
