import { buffersOf } from "../tables/buffers_of.ts";

/**
 * Merges an aggregate into another and gives its memory back at once, not when the garbage collector comes;
 * it is of no use afterwards.
 */
export function mergeAndFree<T extends { merge(other: T): void; toParts(): unknown }>(
  into: T,
  other: T,
): void {
  into.merge(other);
  for (const buffer of buffersOf(other.toParts())) if (!buffer.detached) buffer.transfer(0);
}
