import type { Format } from "./description/format.ts";
import type { Target } from "./description/shapes.ts";
import type { FormatTallyParts } from "./format_tally.ts";

/** The figures that tell whether formats left something out. */
export interface TallyFigures {
  /** How many records there were, those that were left out among them. */
  readonly records: number;
  /** How many records had a response time. */
  readonly timed: number;
  /** How many records had no client, or were left out. */
  readonly withoutClient: number;
}

const NAMES: Readonly<Partial<Record<Target, string>>> = {
  method: "methods",
  endpoint: "endpoints",
  ip: "client addresses",
  responseTime: "response times",
  timestamp: "times",
};

/**
 * Describes which formats the lines of a log had, and what was left out of them.
 *
 * @param tally How many records were lines of each format.
 * @param options The formats; the figures; and the offset of times without a zone, as the command line has it.
 * @returns Sentences, each on one line; none if all lines had the project's own format.
 *
 * @example Access logs
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { describeTally } from "./describe_tally.ts";
 * import { FORMATS } from "./known_formats.ts";
 *
 * const lines = new Map([["combined", 2]]);
 * const tally = { lines, assumedZones: 0, withoutAgent: 0, remarks: [] };
 * const figures = { records: 2, timed: 0, withoutClient: 0 };
 * assertEquals(describeTally(tally, { formats: FORMATS, figures, zone: "UTC" }), [
 *   "Read 2 lines of combined, which has no response times",
 * ]);
 * ```
 */
export function describeTally(
  { lines, assumedZones, withoutAgent, remarks }: FormatTallyParts,
  { formats, figures, zone }: {
    readonly formats: readonly Format[];
    readonly figures: TallyFigures;
    readonly zone: string;
  },
): string[] {
  const counts = [...lines].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
  const isAgentless = withoutAgent > 0 && withoutAgent === figures.records;
  const agents = isAgentless
    ? ["Read no user agent from any line, though a condition asks for one"]
    : [];
  if (counts.every(([name]) => name === "ndjson")) return agents;
  const [[first, count], ...others] = counts as [[string, number], ...[string, number][]];
  const read = [
    `Read ${count} ${count === 1 ? "line" : "lines"} of ${first}`,
    ...others.map(([name, count]) => `${count} of ${name}`),
  ].join(", ");
  const lacking = ["ip", "responseTime"]
    .flatMap((target) => reasonFor(target as Target, lines, { formats, figures }) ?? []);
  const isOne = others.length === 0;
  const times = assumedZones === 1 ? "1 time" : `${assumedZones} times`;
  return [
    isOne && lacking.length > 0
      ? `${read}, which ${lacking.map((reason) => reason.slice(first.length + 1)).join(" and ")}`
      : read,
    ...isOne ? [] : lacking.map((reason) => `Left out: ${reason}`),
    ...assumedZones === 0 ? [] : [`Took ${times} without a zone as ${zone}, see --assume-tz`],
    ...agents,
    ...remarks,
  ];
}

/**
 * Returns why a figure is not there: the formats that lack the fact.
 *
 * @param target The fact.
 * @param lines How many records were lines of each format.
 * @param options The formats and the figures.
 * @returns For example `combined has no response times`; `undefined` if no format lacks it, or the figures show that
 * its lines have it all the same.
 */
export function reasonFor(
  target: Target,
  lines: FormatTallyParts["lines"],
  { formats, figures }: { readonly formats: readonly Format[]; readonly figures: TallyFigures },
): string | undefined {
  const lacking = [...lines].filter(([name]) =>
    formats.find((format) => format.name === name)?.lacks.includes(target)
  );
  const count = lacking.reduce((sum, [, count]) => sum + count, 0);
  const without = target === "ip" ? figures.withoutClient : figures.records - figures.timed;
  if (count === 0 || without < count) return undefined;
  const names = lacking.map(([name]) => name);
  const subject = names.length === 1
    ? `${names[0]} has`
    : `${names.slice(0, -1).join(", ")} and ${names.at(-1)} have`;
  return `${subject} no ${NAMES[target]}`;
}
