/** The default percentiles of a report. */
export const USUAL_PERCENTILES: readonly number[] = [50, 90, 95, 99];
