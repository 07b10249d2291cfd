import type { TypedSelection } from "../../select/selection_settings.ts";
import type { Options } from "../command/command.ts";
import { DURATION, joined, oneOf, TEXT, TEXTS } from "../command/value_kinds.ts";
import type { AnalyzerSubject } from "./analyzer_settings.ts";

/** The options that say which requests count, in the order of the help. */
export const SELECTION_OPTIONS: Options<TypedSelection, AnalyzerSubject> = {
  since: {
    of: "logs",
    name: "since",
    placeholder: "WHEN",
    help: [
      "first instant that counts: a date, an ISO 8601 time;",
      "of files also 03:00 (last day), -15m (from the end)",
    ],
    kind: TEXT,
    example: "--since 2026-03-02T03:00:00Z",
    fallback: undefined,
  },
  until: {
    of: "logs",
    name: "until",
    placeholder: "WHEN",
    help: ["first instant that counts no more, likewise"],
    kind: TEXT,
    example: "--until 2026-03-03",
    fallback: undefined,
  },
  lastUs: {
    of: "logs",
    name: "last",
    placeholder: "DURATION",
    help: ["as --since=-DURATION"],
    kind: DURATION,
    example: "--last 15m",
    fallback: undefined,
  },
  conditions: {
    of: "logs",
    name: "where",
    placeholder: "CONDITION",
    help: [
      "count requests for which CONDITION holds; all of them,",
      "if given repeatedly; see below",
    ],
    kind: TEXTS,
    join: joined,
    example: "--where 'status>=500'",
    fallback: [],
  },
  excludedIps: {
    of: "logs",
    name: "exclude-ip",
    placeholder: "CIDR",
    help: ["leave out an address, or a range; repeatedly: all"],
    kind: TEXTS,
    join: joined,
    example: "--exclude-ip 10.0.0.0/8",
    fallback: [],
  },
  stripsQuery: {
    of: "logs",
    name: "strip-query",
    help: ["count endpoints without what follows ?"],
    example: "--strip-query",
    on: true,
    fallback: false,
  },
  isGrouping: {
    of: "logs",
    name: "group",
    help: ["count /tasks/476 as /tasks/:id; likewise :uuid, :hex,", ":date and :token"],
    example: "--group",
    on: true,
    fallback: false,
  },
  groupPatterns: {
    of: "logs",
    name: "group-pattern",
    placeholder: "PATTERN",
    help: [
      "count paths as /users/:name/* as one; the first that",
      "matches, before those of --group",
    ],
    kind: TEXTS,
    join: joined,
    example: "--group-pattern '/users/:name/*'",
    fallback: [],
  },
  absoluteUrls: {
    of: "logs",
    name: "absolute-urls",
    placeholder: "WHAT",
    help: ["count http://host/path as it is, or its path: keep or", "path (keep)"],
    kind: oneOf(["keep", "path"]),
    example: "--absolute-urls path",
    fallback: "keep",
  },
};
