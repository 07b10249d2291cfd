/** The percentiles that a report has if none are asked for. */
export const USUAL_PERCENTILES: readonly number[] = [50, 90, 95, 99];
