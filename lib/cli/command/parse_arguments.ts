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
  const { known, unknown } = spellOut(args, options);
  const given: Record<string, unknown> = parseArgs(known, {
    boolean: options.filter((option) => option.kind === undefined).map(({ name }) => name),
    string: [...options.filter((option) => option.kind !== undefined).map(({ name }) => name), "_"],
    unknown: (arg: string, key: string | undefined) => {
      if (key === undefined) return true;
      unknown.push(arg.startsWith("--") ? `--${key}` : `-${key}`);
      return false;
    },
  });

  if (given[HELP.name] === true) return "help";
  if (given[VERSION.name] === true) return "version";

  rejectValuesOfSwitches(options, known);
  const values = new Map(command.options.map((option) => [option, readValue(option, given, args)]));
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

/**
 * Writes options by their long names: of `-hj2` and `-ojson` the library would make an option of each letter,
 * and `_` is where it keeps what is no option.
 */
function spellOut(
  args: readonly string[],
  options: readonly Option<unknown>[],
): { known: string[]; unknown: string[] } {
  const end = args.indexOf("--");
  const before = end === -1 ? args : args.slice(0, end);
  const unknown: string[] = [];
  const known = before.flatMap((arg) => {
    if (/^--(no-)?_(=|$)/.test(arg)) unknown.push(arg.replace(/=.*$/s, ""));
    else if (/^-[^-]/.test(arg)) return spellOutLetters(arg, options, unknown);
    else return [arg];
    return [];
  });
  return { known: [...known, ...(end === -1 ? [] : args.slice(end))], unknown };
}

/** Letters after a dash: switches, and at last an option that may have its value attached. */
function spellOutLetters(
  arg: string,
  options: readonly Option<unknown>[],
  unknown: string[],
): string[] {
  const spelt: string[] = [];
  const letters = [...arg.slice(1)];
  for (const [i, letter] of letters.entries()) {
    const option = options.find(({ short }) => short === letter);
    if (option === undefined) {
      unknown.push(`-${letter}`);
      break;
    }
    const value = letters.slice(i + 1).join("");
    if (option.kind !== undefined) {
      spelt.push(`--${option.name}${value === "" ? "" : `=${value.replace(/^=/, "")}`}`);
      break;
    }
    if (value.startsWith("=")) {
      spelt.push(`--${option.name}${value}`);
      break;
    }
    spelt.push(`--${option.name}`);
  }
  return spelt;
}

function readValue<T>(
  option: Option<T>,
  given: Readonly<Record<string, unknown>>,
  args: readonly string[],
): T | boolean {
  const text = given[option.name];
  if (option.kind === undefined) return text === true;
  if (text === undefined) return option.fallback;
  const value = option.kind.parse(String(text));
  if (value !== undefined) return value;
  const found = text === ""
    ? `--${option.name} without a value`
    : `--${option.name} "${quote(String(text))}"`;
  const { wanted, range: [form, inRange] = [] } = option.kind;
  throw new UsageError(
    `Cannot use ${found}: expected ${
      form?.test(String(text)) ? inRange : wanted
    }, for example ${option.example}` +
      (text === "" ? howToBeginWithDash(option, args) : ""),
  );
}

/** What begins with a dash is taken for an option, also where a value was meant. */
function howToBeginWithDash({ name, short }: Option<unknown>, args: readonly string[]): string {
  const at = args.findLastIndex((arg) => arg === `--${name}` || arg === `-${short}`);
  const next = args[at + 1];
  return next !== undefined && /^-./.test(next)
    ? `; a value that begins with - is written --${name}=${quote(next)}`
    : "";
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
