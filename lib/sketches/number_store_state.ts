/** What a store is made of. */
export interface NumberStoreParts {
  /** Of each place one more than the slot, or 0; of none until the table is needed. */
  readonly places: Int32Array<ArrayBuffer>;
  /** Whether all slots have a number, and these ascend. */
  readonly isOrdered: boolean;
  /** Of each slot its number, or NaN. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** No slot from here on has had a number. */
  readonly end: number;
  /** How many numbers there are. */
  readonly size: number;
  /** No number is larger. */
  readonly largest: number;
}
