import { parseArgs } from "@std/cli/parse-args";
import {
  allFlags,
  type Command,
  type Flag,
  flagsOf,
  type FlagText,
  type InfoText,
  infoTextIn,
  type Option,
  type Parameter,
  UsageError,
} from "./command.ts";
import { editDistance } from "./edit_distance.ts";
import { quote } from "./say.ts";

/** What a command line asks for: the help, the short help, the version, or a run with settings. */
export type Request<Settings> = InfoText | { readonly settings: Settings };

/**
 * Parses a command line.
 *
 * @param command The command, with its options.
 * @param args The arguments, without the name of the program.
 * @returns What the command line asks for; help and version win over all else.
 * @throws {UsageError} If an option is unknown, has a value that is not of its kind, or would have no effect.
 */
export function parseArguments<Settings>(
  command: Command<Settings>,
  args: readonly string[],
): Request<Settings> {
  const flags = allFlags(command);
  const { known, unknown } = spellOut(args, flags);
  const infoText = infoTextIn(known);
  if (infoText !== undefined) return infoText;
  const given: Record<string, unknown> = parseArgs(known, {
    boolean: flags.filter(({ kind }) => kind === undefined).map(({ name }) => name),
    string: [...flags.filter(({ kind }) => kind !== undefined).map(({ name }) => name), "_"],
    collect: flags.filter(isJoined).map(({ name }) => name),
    unknown: (arg: string, key: string | undefined) => {
      if (key === undefined) return true;
      unknown.push(arg.startsWith("--") ? `--${key}` : `-${key}`);
      return false;
    },
  });

  for (const { name } of flags.filter(isJoined)) {
    if ((given[name] as unknown[]).length === 0) delete given[name];
  }

  rejectValuesOfSwitches(flags, known);
  const values = Object.entries<Option<unknown>>(command.options)
    .map(([key, option]) => [key, readOption(option, given, args)] as const);
  if (unknown[0] !== undefined) throw unknownOption(command, flags, unknown[0]);
  const files = given._ as string[];
  if (files[0] !== undefined && !command.takesFiles) {
    throw new UsageError(
      `Unknown argument "${quote(files[0])}": ${command.name} takes only options, ` +
        `see ${command.name} --help`,
    );
  }
  rejectConflicts(command, ({ name }) => given[name] !== undefined && given[name] !== false);
  // Each setting has the value of its own option, or that option's fallback.
  const settings = Object.fromEntries([...command.takesFiles ? [["files", files]] : [], ...values]);
  return { settings: settings as Settings };
}

/**
 * Replaces one-letter options by their long names: the library would read each letter of `-hj2` and `-ojson`
 * as an option. `--_` is unknown, as the library keeps the other arguments under the key `_`.
 */
function spellOut(
  args: readonly string[],
  flags: readonly Flag<unknown>[],
): { known: string[]; unknown: string[] } {
  const end = args.indexOf("--");
  const before = joinNumbers(end === -1 ? args : args.slice(0, end), flags);
  const unknown: string[] = [];
  const known = before.flatMap((arg) => {
    if (/^--(no-)?_(=|$)/.test(arg)) unknown.push(arg.replace(/=.*$/s, ""));
    else if (/^-[^-]/.test(arg)) return spellOutLetters(arg, flags, unknown);
    else return [arg];
    return [];
  });
  return { known: [...known, ...(end === -1 ? [] : args.slice(end))], unknown };
}

/** Joins an option to a value that is below zero, as `--since -15m`: the library would read it as options. */
function joinNumbers(args: readonly string[], flags: readonly Flag<unknown>[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    const hasValue = flags.some(({ kind, name, short }) =>
      kind !== undefined && (last === `--${name}` || last === `-${short}`)
    );
    if (hasValue && /^-\d/.test(arg)) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** Spells out letters after a dash: switches, and at last perhaps an option with its value attached. */
function spellOutLetters(
  arg: string,
  flags: readonly Flag<unknown>[],
  unknown: string[],
): string[] {
  const spelt: string[] = [];
  const letters = [...arg.slice(1)];
  for (const [i, letter] of letters.entries()) {
    const flag = flags.find(({ short }) => short === letter);
    if (flag === undefined) {
      unknown.push(`-${letter}`);
      break;
    }
    const value = letters.slice(i + 1).join("");
    if (flag.kind !== undefined) {
      spelt.push(`--${flag.name}${value === "" ? "" : `=${value.replace(/^=/, "")}`}`);
      break;
    }
    if (value.startsWith("=")) {
      spelt.push(`--${flag.name}${value}`);
      break;
    }
    spelt.push(`--${flag.name}`);
  }
  return spelt;
}

function readOption<T>(
  option: Option<T>,
  given: Readonly<Record<string, unknown>>,
  args: readonly string[],
): T {
  // Both flags are read, although the shorthand wins: a bad value is an error all the same.
  const [own, shorthand] = flagsOf(option).map((flag) => readFlag(flag, given[flag.name], args));
  return shorthand ?? own ?? option.fallback;
}

/** Reads the value that the library found for a flag; `undefined` if the flag was not given. */
function readFlag<T>(flag: Flag<T>, found: unknown, args: readonly string[]): T | undefined {
  if (flag.kind === undefined) return found === true ? flag.on : undefined;
  if (found === undefined) return undefined;
  if (flag.join === undefined) return readValue(flag, String(found), args);
  return (found as unknown[])
    .map((each) => readValue(flag, String(each), args))
    .reduce((before, after) => flag.join!(before, after));
}

function isJoined(flag: Flag<unknown>): boolean {
  return flag.kind !== undefined && flag.join !== undefined;
}

function readValue<T>(flag: Parameter<T>, text: string, args: readonly string[]): T {
  const value = flag.kind.parse(text);
  if (value !== undefined) return value;
  const { wanted, range: [form, inRange] = [] } = flag.kind;
  throw new UsageError(
    `Cannot use --${flag.name} ${text === "" ? "without a value" : `"${quote(text)}"`}: ` +
      `expected ${form?.test(text) ? inRange : wanted}, for example ${flag.example}` +
      (text === "" ? howToBeginWithDash(flag, args) : ""),
  );
}

/** Returns a hint if a value begins with a dash, which the parser reads as an option; else an empty text. */
function howToBeginWithDash({ name, short }: FlagText, args: readonly string[]): string {
  const at = args.findLastIndex((arg) => arg === `--${name}` || arg === `-${short}`);
  const next = args[at + 1];
  return next !== undefined && /^-./.test(next)
    ? `; a value that begins with - is written --${name}=${quote(next)}`
    : "";
}

/** Rejects a switch with a value: the library would read `--strict=no` as `--strict`. */
function rejectValuesOfSwitches(flags: readonly Flag<unknown>[], args: readonly string[]): void {
  for (const { name, kind, example } of flags) {
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
  flags: readonly Flag<unknown>[],
  unknown: string,
): UsageError {
  const name = unknown.replace(/^-+/, ""), instead = command.elsewhere ?? {};
  if (Object.hasOwn(instead, name)) {
    return new UsageError(`Unknown option ${quote(unknown)}: use ${instead[name]}`);
  }
  const distance = ({ name }: FlagText): number =>
    editDistance(name, unknown.replace(/^-+/, "").slice(0, 50));
  const [nearest] = flags.toSorted((a, b) => distance(a) - distance(b));
  const isNear = nearest !== undefined && unknown.length > 3 && distance(nearest) <= 2;
  return new UsageError(
    `Unknown option ${quote(unknown)}: ` +
      (isNear ? `did you mean --${nearest.name}?` : `see ${command.name} --help`),
  );
}

/**
 * Rejects options that have no effect because of others that are given, or are not given.
 *
 * @param command The options, and which of them do not go together.
 * @param isGiven Returns whether the command line has a flag.
 * @throws {UsageError} If an option without effect is given.
 */
export function rejectConflicts<Settings>(
  { options, conflicts }: Command<Settings>,
  isGiven: (flag: FlagText) => boolean,
): void {
  const all = Object.values<Option<unknown>>(options);
  for (const { of, when, others, why } of conflicts) {
    const partners = others.map((key): Option<unknown> => options[key]);
    const isMet = partners.flatMap(flagsOf).some(isGiven) === (when === "with");
    if (!isMet) continue;
    const useless = all.filter((option) => of.includes(option.of)).flatMap(flagsOf).find(isGiven);
    if (useless === undefined) continue;
    const names = partners.map(({ name }) => `--${name}`).join(" or ");
    const example = when === "without" ? `, for example ${useless.example}` : "";
    throw new UsageError(`Cannot use --${useless.name} ${when} ${names}: ${why}${example}`);
  }
}
