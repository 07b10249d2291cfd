import { parseArgs } from "@std/cli/parse-args";
import { levenshteinDistance } from "@std/text/levenshtein-distance";
import { type Command, type Option, type ParsedArguments, UsageError } from "./command.ts";
import { quote } from "./quote.ts";

/** What {@linkcode parseArguments} answers: a request for help or version, or the settings. */
export type Request<Settings> = "help" | "version" | { readonly settings: Settings };

/** Every command has these two. */
export const HELP: Option<boolean> = {
  name: "help",
  short: "h",
  help: ["show this and exit"],
  example: "--help",
  fallback: false,
};

/** Every command has these two. */
export const VERSION: Option<boolean> = {
  name: "version",
  help: ["show the version and exit"],
  example: "--version",
  fallback: false,
};

/**
 * Parses a command line.
 *
 * @param command What there is to be given.
 * @param args The arguments, without the name of the program.
 * @returns What was asked for; help and version win over all else.
 * @throws {UsageError} If an option is unknown or its value is not what it takes.
 */
export function parseArguments<Settings>(
  command: Command<Settings>,
  args: readonly string[],
): Request<Settings> {
  const options = [...command.options, HELP, VERSION];
  const unknown: string[] = [];
  const given: Record<string, unknown> = parseArgs([...args], {
    boolean: options.filter((option) => option.kind === undefined).map(({ name }) => name),
    string: [...options.filter((option) => option.kind !== undefined).map(({ name }) => name), "_"],
    alias: Object.fromEntries(options.flatMap(({ name, short }) => short ? [[short, name]] : [])),
    unknown: (arg: string, key: string | undefined) => {
      if (key === undefined) return true;
      unknown.push(arg.startsWith("--") ? `--${key}` : `-${key}`);
      return false;
    },
  });

  if (given[HELP.name] === true) return "help";
  if (given[VERSION.name] === true) return "version";

  rejectValuesOfSwitches(options, args);
  const values = new Map(command.options.map((option) => [option, readValue(option, given)]));
  if (unknown[0] !== undefined) throw unknownOption(command, options, unknown[0]);
  const files = given._ as string[];
  if (files[0] !== undefined && !command.takesFiles) {
    throw new UsageError(
      `Unknown argument "${quote(files[0])}": ${command.name} takes only options, ` +
        `see ${command.name} --help`,
    );
  }
  const parsed: ParsedArguments = {
    // The map holds for each option what its own parser or fallback gave.
    get: <T>(option: Option<T>) => values.get(option) as T,
    isGiven: ({ name }) => given[name] !== undefined && given[name] !== false,
    files,
  };
  return { settings: command.settings(parsed) };
}

function readValue<T>(option: Option<T>, given: Readonly<Record<string, unknown>>): T | boolean {
  const text = given[option.name];
  if (option.kind === undefined) return text === true;
  if (text === undefined) return option.fallback;
  const value = option.kind.parse(String(text));
  if (value !== undefined) return value;
  const found = text === ""
    ? `--${option.name} without a value`
    : `--${option.name} "${quote(String(text))}"`;
  throw new UsageError(
    `Cannot use ${found}: expected ${option.kind.wanted}, for example ${option.example}`,
  );
}

/** The library would take `--strict=no` for `--strict`. */
function rejectValuesOfSwitches(
  options: readonly Option<unknown>[],
  args: readonly string[],
): void {
  for (const { name, kind, example } of options) {
    const assigned = kind === undefined && args.find((arg) => arg.startsWith(`--${name}=`));
    if (assigned) {
      throw new UsageError(
        `Cannot use ${quote(assigned)}: expected no value, for example ${example}`,
      );
    }
  }
}

function unknownOption<T>(
  command: Command<T>,
  options: readonly Option<unknown>[],
  unknown: string,
): UsageError {
  const distance = ({ name }: Option<unknown>): number =>
    levenshteinDistance(name, unknown.replace(/^-+/, "").slice(0, 50));
  const [nearest] = options.toSorted((a, b) => distance(a) - distance(b));
  const isNear = nearest !== undefined && unknown.length > 3 && distance(nearest) <= 2;
  return new UsageError(
    `Unknown option ${quote(unknown)}: ` +
      (isNear ? `did you mean --${nearest.name}?` : `see ${command.name} --help`),
  );
}
