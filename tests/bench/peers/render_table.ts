import type { Contestant } from "./contestants.ts";

/** What was measured of a contestant. */
export interface Measured {
  /** Who it was. */
  readonly contestant: Contestant;
  /** How many records it read or wrote. */
  readonly records: number;
  /** The wall time of each round, in seconds. */
  readonly seconds: readonly number[];
  /** The largest resident memory of its process, in bytes, where it could be told. */
  readonly peakBytes: number | undefined;
}

/** The middle one of some numbers, at least one; of an even number the mean of both. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/**
 * How many times as fast one was as another, round by round.
 *
 * @returns Records a second of the one over those of the other.
 */
export function ratios(one: Measured, other: Measured): number[] {
  return one.seconds.map((seconds, i) =>
    one.records / seconds / (other.records / other.seconds[i]!)
  );
}

/**
 * Writes a Markdown table, a row for each contestant; ratios are to DuckDB on the same kind of input,
 * and of the analyzer to others that had as many records by a pipe.
 *
 * @param rows What was measured.
 */
export function renderTable(rows: readonly Measured[]): string {
  const lines = [
    "| | input | records/s | × DuckDB (min–max) | analyzer × it | peak memory | answers |",
    "| --- | --- | ---: | ---: | ---: | ---: | --- |",
  ];
  for (const row of rows) {
    const { name, input, answers } = row.contestant;
    const duckdb = rows.find(({ contestant }) =>
      contestant.name.startsWith("DuckDB") && contestant.input === input
    );
    const analyzer = rows.find(({ contestant, records }) =>
      contestant.name.startsWith("analyzer") && contestant.input === input &&
      records === row.records
    );
    const cells = [
      name,
      input,
      Math.round(row.records / median(row.seconds)).toLocaleString("en-US"),
      duckdb === undefined ? "–" : showRatios(ratios(row, duckdb)),
      input !== "pipe" || analyzer === undefined || answers === "nothing"
        ? "–"
        : median(ratios(analyzer, row)).toFixed(1),
      row.peakBytes === undefined ? "–" : `${Math.round(row.peakBytes / 2 ** 20)} MiB`,
      answers,
    ];
    lines.push(`| ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

function showRatios(values: readonly number[]): string {
  const show = (value: number) => value.toFixed(2);
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}
