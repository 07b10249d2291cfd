import type { GrowingCountsParts } from "../tables/growing_counts.ts";

/** How exact a sketch is, and for how long it is exact. */
export interface DDSketchOptions {
  /** The most that a quantile may be off, as a share of the true value, in (0, 1). */
  readonly relativeAccuracy: number;
  /** Up to how many values are held as they are; they take eight bytes each. */
  readonly exactUpTo: number;
}

/** What sketches are made of. */
export interface DDSketchParts {
  /** Of each row, how many values it has taken in, and how many of those in buckets were 0. */
  readonly counts: Float64Array<ArrayBuffer>;
  /** Of each row, the values as long as they are few. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Of each row, how many values each bucket has, once they are many. */
  readonly buckets: GrowingCountsParts;
}

/**
 * A sketch as JSON: its values, ascending, while they are few; after that the zeros, the first bucket
 * that is not empty, and the counts from there on, where `-n` stands for `n` buckets without any.
 */
export type DDSketchState =
  | { readonly values: readonly number[] }
  | { readonly zeros: number; readonly first: number; readonly counts: readonly number[] };
