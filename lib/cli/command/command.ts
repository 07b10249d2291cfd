/** A kind of values: how the text of an option becomes its value. */
export interface ValueKind<T> {
  /** Reads the text; returns `undefined` if it is not of this kind. */
  readonly parse: (text: string) => T | undefined;
  /** The texts that are of this kind, as the end of "expected …". */
  readonly wanted: string;
  /** For a rejected text that matches `form`: the end of "expected …" that names the range which it misses. */
  readonly range?: readonly [form: RegExp, wanted: string];
}

/** The texts about a flag, for the help and the messages. */
export interface FlagText {
  /** Its long name, without the dashes. */
  readonly name: string;
  /** Its one-letter name, if it has one. */
  readonly short?: string;
  /** What it does, for the help; each element is one line. */
  readonly help: readonly string[];
  /** A good use of it, shown after a bad one. */
  readonly example: string;
}

/** A flag that takes no value. */
export interface Switch<T> extends FlagText {
  /** The value that it stands for. */
  readonly on: T;
  /** A switch has no text to read. */
  readonly kind?: undefined;
}

/** A flag that takes a value. */
export interface Parameter<T> extends FlagText {
  /** The word that stands for its value in the help. */
  readonly placeholder: string;
  /** How its value is read. */
  readonly kind: ValueKind<T>;
  /** Joins the values where it is given more than once; without it, the last counts. */
  join?(before: T, after: T): T;
}

/** A flag: an argument that begins with dashes. */
export type Flag<T> = Switch<T> | Parameter<T>;

/** One option of a command. It is described here alone: the parser, the help and the messages read this. */
export type Option<T, Subject extends string = string> = Flag<T> & {
  /** Its value when it is not given. */
  readonly fallback: T;
  /** Its subject; conflicts name options by subject. */
  readonly of: Subject;
  /** A switch for one of its values; if both are given, the switch wins. */
  readonly shorthand?: Switch<T>;
};

/** The options of a command, each under the name of its setting, in the order of the help. */
export type Options<Settings, Subject extends string = string> = {
  readonly [Key in Exclude<keyof Settings, "files">]: Option<Settings[Key], Subject>;
};

/** Options that have no effect with others, or without them. To give such an option is an error. */
export interface Conflict<Key, Subject extends string = string> {
  /** The subjects of the options that have no effect. */
  readonly of: readonly Subject[];
  /** `with`: they have no effect if one of the others is given; `without`: if none of them is. */
  readonly when: "with" | "without";
  /** The other options, by the names of their settings. */
  readonly others: readonly Key[];
  /** The reason, as the end of "Cannot use …". */
  readonly why: string;
}

/** The error of a command line that was not understood; the message says which part, and what was expected. */
export class UsageError extends SyntaxError {
  /** The name of the class, as it is reported. */
  override name = "UsageError";
}

/** The error of a command that could not do its work; the message says what it tried and why that failed. */
export class CommandError extends Error {
  /** The name of the class, as it is reported. */
  override name = "CommandError";
}

/** Options of the help that go together. */
export interface Group<Key> {
  /** Its title. */
  readonly title: string;
  /** The options, by the names of their settings. */
  readonly options: readonly Key[];
}

/** The short help, which fits one screen. */
export interface Brief<Key> {
  /** The options that one needs most, by the names of their settings. */
  readonly options: readonly Key[];
  /** The lines behind them. */
  readonly notes: readonly string[];
}

/** A command: its name, its options and arguments, and its help. */
export interface Command<Settings, Subject extends string = string> {
  /** Its name, at the start of its messages. */
  readonly name: string;
  /** What it does, in a few lines. */
  readonly summary: readonly string[];
  /** The arguments after the name, for example `[OPTION]... [FILE]...`. */
  readonly usage: string;
  /** Whether it takes arguments that are not options: they become the setting `files`. */
  readonly takesFiles: boolean;
  /** Its options; `--help` and `--version` are added to them. */
  readonly options: Options<Settings, Subject>;
  /** Which options do not go together; the first conflict that is found is the error. */
  readonly conflicts: readonly Conflict<keyof Options<Settings>, Subject>[];
  /** The options in groups of the help, each under its title; without groups they are one list. */
  readonly groups?: readonly Group<keyof Options<Settings>>[];
  /** What the short help shows; without it, all of the help. */
  readonly brief?: Brief<keyof Options<Settings>>;
  /** What to use in place of options that other tools have, by their names without dashes. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** The lines of the help after the options. */
  readonly notes: readonly string[];
}

/** The switch `--help`, which every command has. */
export const HELP: Switch<true> = {
  name: "help",
  help: ["show all options and exit"],
  on: true,
  example: "--help",
};

/** The switch for the short help, which every command has. */
export const USAGE: Switch<true> = {
  name: "usage",
  short: "h",
  help: ["show the usual options and exit"],
  on: true,
  example: "--usage",
};

/** The switch `--version`, which every command has. */
export const VERSION: Switch<true> = {
  name: "version",
  help: ["show the version and exit"],
  on: true,
  example: "--version",
};

/** A text that a command prints in place of a run. */
export type InfoText = "help" | "usage" | "version";

/** Returns the text that arguments ask for, whatever else they say; one-letter options are not looked at. */
export function infoTextIn(args: readonly string[]): InfoText | undefined {
  const end = args.indexOf("--"), options = end === -1 ? args : args.slice(0, end);
  const isIn = ({ name }: Switch<true>): boolean => options.includes(`--${name}`);
  return isIn(HELP) ? "help" : isIn(USAGE) ? "usage" : isIn(VERSION) ? "version" : undefined;
}

/** Returns the flags of an option: its own, and its shorthand if it has one. */
export function flagsOf<T>(option: Option<T>): readonly Flag<T>[] {
  return option.shorthand === undefined ? [option] : [option, option.shorthand];
}

/** Returns all flags of a command, in the order of its help. */
export function allFlags<Settings>({ options }: Command<Settings>): readonly Flag<unknown>[] {
  return [...Object.values<Option<unknown>>(options).flatMap(flagsOf), USAGE, HELP, VERSION];
}
