import type { Command } from "../command/command.ts";
import {
  COUNT,
  INSTANT,
  MANY,
  NAME,
  oneOf,
  POSITIVE_NUMBER,
  WHOLE_NUMBER,
} from "../command/value_kinds.ts";

/** The settings of the generator, as its command line gives them. */
export interface GeneratorSettings<Profile extends string> {
  /** How many records it writes; `Infinity` for no end. */
  readonly count: number;
  /** The seed of the random numbers. */
  readonly seed: number;
  /** The time before the first record, in microseconds since the epoch. */
  readonly startUs: number;
  /** The name of the format of the lines. */
  readonly format: string;
  /** The kind of traffic. */
  readonly profile: Profile;
  /** How many endpoints there are; `undefined` for those of the profile. */
  readonly endpoints: number | undefined;
  /** How many clients there are; `undefined` for those of the profile. */
  readonly clients: number | undefined;
  /** The exponent of Zipf's law by which they are drawn; `undefined` if all are equally likely. */
  readonly zipf: number | undefined;
  /** How many records it writes per second of the wall clock; `Infinity` for as fast as possible. */
  readonly rate: number;
}

/**
 * Makes the command line of the generator.
 *
 * @param profiles The names of all kinds of traffic; the first is the default.
 * @returns The command.
 */
export function generatorCommand<const Profile extends string>(
  profiles: readonly [Profile, ...Profile[]],
): Command<GeneratorSettings<Profile>, "log" | "endpoints and clients"> {
  return {
    name: "generator",
    usage: "[OPTION]...",
    summary: [
      "Writes HTTP request logs to stdout, one JSON object a line or in any format that",
      "the analyzer reads. The same options give the same bytes, on every machine and",
      "day.",
    ],
    takesFiles: false,
    options: {
      count: {
        of: "log",
        name: "count",
        short: "n",
        placeholder: "N",
        help: ["how many records, or inf for no end (5000)"],
        kind: COUNT,
        example: "--count 5000",
        fallback: 5000,
      },
      seed: {
        of: "log",
        name: "seed",
        placeholder: "N",
        help: ["where randomness starts: another seed, another log (42)"],
        kind: WHOLE_NUMBER,
        example: "--seed 42",
        fallback: 42,
      },
      startUs: {
        of: "log",
        name: "start",
        placeholder: "ISO",
        help: ["time before the first record (2025-12-24T00:00:00)"],
        kind: INSTANT,
        example: "--start 2025-12-24T00:00:00",
        fallback: Date.UTC(2025, 11, 24) * 1000,
      },
      format: {
        of: "log",
        name: "format",
        short: "f",
        placeholder: "NAME",
        help: ["format of the lines; list shows all (ndjson)"],
        kind: NAME,
        example: "--format combined",
        fallback: "ndjson",
      },
      profile: {
        of: "log",
        name: "profile",
        placeholder: "NAME",
        help: [`kind of traffic: ${profiles.join(", ")} (${profiles[0]})`],
        kind: oneOf(profiles),
        example: `--profile ${profiles[0]}`,
        fallback: profiles[0],
      },
      endpoints: {
        of: "log",
        name: "endpoints",
        placeholder: "N",
        help: ["how many endpoints, all alike (those of the profile)"],
        kind: MANY,
        example: "--endpoints 5000000",
        fallback: undefined,
      },
      clients: {
        of: "log",
        name: "clients",
        placeholder: "N",
        help: ["how many clients, all alike (those of the profile)"],
        kind: MANY,
        example: "--clients 5000000",
        fallback: undefined,
      },
      zipf: {
        of: "endpoints and clients",
        name: "zipf",
        placeholder: "S",
        help: ["of those the first come more often: exponent of Zipf's law"],
        kind: POSITIVE_NUMBER,
        example: "--endpoints 1000 --zipf 1.1",
        fallback: undefined,
      },
      rate: {
        of: "log",
        name: "rate",
        placeholder: "N",
        help: ["records per second of the wall clock (as fast as possible)"],
        kind: POSITIVE_NUMBER,
        example: "--rate 100",
        fallback: Infinity,
      },
    },
    conflicts: [{
      of: ["endpoints and clients"],
      when: "without",
      others: ["endpoints", "clients"],
      why: "it is about those",
    }],
    notes: [
      "Examples:",
      "  generator | analyzer",
      "  generator --count 1000000 --seed 7 > access.ndjson",
      "  generator --count inf --rate 100 | analyzer",
      "  generator --format combined > access.log",
      "",
      "Exit codes:",
      "  0  done, also when nobody reads on",
      "  1  the log could not be written",
      "  2  the command line was not understood",
    ],
  };
}
