/** Which records count, and what becomes of their endpoints, as the command line says it: plain data. */
export interface SelectionSettings {
  /** The first instant that counts, in microseconds since the epoch; `undefined` for any. */
  readonly sinceUs: number | undefined;
  /** The first instant that counts no more; `undefined` for none. */
  readonly untilUs: number | undefined;
  /** Conditions, which must all hold. */
  readonly conditions: readonly string[];
  /** Addresses and ranges of addresses that do not count. */
  readonly excludedIps: readonly string[];
  /** Patterns of user agents that do not count. */
  readonly excludedAgents: readonly string[];
  /** Whether known crawlers count, do not, or are all that does. */
  readonly bots: "count" | "exclude" | "only";
  /** Whether endpoints are counted without their query. */
  readonly stripsQuery: boolean;
  /** Whether numbers and the like in endpoints are replaced. */
  readonly isGrouping: boolean;
  /** Patterns of paths that count as one endpoint each. */
  readonly groupPatterns: readonly string[];
  /** What becomes of `http://host/path` as an endpoint. */
  readonly absoluteUrls: "keep" | "path";
}

/** The same as it is typed: times may depend on the end of the log. */
export interface TypedSelection extends Omit<SelectionSettings, "sinceUs" | "untilUs"> {
  /** The first instant that counts; `undefined` for any. */
  readonly since: string | undefined;
  /** The first instant that counts no more; `undefined` for none. */
  readonly until: string | undefined;
  /** How long before the end of the log the first instant is that counts, in microseconds; `undefined` for any. */
  readonly lastUs: number | undefined;
}

/** All records count, with their endpoints as they were logged. */
export const ALL: SelectionSettings = {
  sinceUs: undefined,
  untilUs: undefined,
  conditions: [],
  excludedIps: [],
  excludedAgents: [],
  bots: "count",
  stripsQuery: false,
  isGrouping: false,
  groupPatterns: [],
  absoluteUrls: "keep",
};
