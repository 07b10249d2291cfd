/** How the text of an option becomes its value. */
export interface ValueKind<T> {
  /** Reads the text; `undefined` if it has no such value. */
  readonly parse: (text: string) => T | undefined;
  /** What a text must be, as the end of "expected …". */
  readonly wanted: string;
  /** Texts of the right form, and what is wanted of those: the range that they miss. */
  readonly range?: readonly [form: RegExp, wanted: string];
}

/** One option of a command: the single place where all that is known of it is said. */
export interface Option<T> {
  /** Its long name, without the dashes. */
  readonly name: string;
  /** Its one-letter name, if it has one. */
  readonly short?: string;
  /** What it does, for the help; each element is one line. */
  readonly help: readonly string[];
  /** What stands for its value in the help; an option without one is a switch. */
  readonly placeholder?: string;
  /** How its value is read; a switch has none. */
  readonly kind?: ValueKind<T>;
  /** A good use of it, shown after a bad one. */
  readonly example: string;
  /** Its value when it is not given. */
  readonly fallback: T;
}

/** A command line was not understood; the message says which part, and what would be. */
export class UsageError extends SyntaxError {
  /** The name of the class, as it is reported. */
  override name = "UsageError";
}

/** The command could not do its work; the message says what it tried and why it did not go. */
export class CommandError extends Error {
  /** The name of the class, as it is reported. */
  override name = "CommandError";
}

/** What a command line asked for. */
export interface ParsedArguments {
  /** The value of an option: as given, or its fallback. */
  get<T>(option: Option<T>): T;
  /** Whether an option that takes a value was given. */
  isGiven(option: Option<unknown>): boolean;
  /** The arguments that are not options. */
  readonly files: readonly string[];
}

/** A command: what it is called, what it takes, and what its command line means. */
export interface Command<Settings> {
  /** The name that its messages begin with. */
  readonly name: string;
  /** What it does, in a few lines. */
  readonly summary: readonly string[];
  /** The arguments after the name, for example `[OPTION]... [FILE]...`. */
  readonly usage: string;
  /** Whether it takes arguments that are not options. */
  readonly takesFiles: boolean;
  /** Its options, in the order of the help; `--help` and `--version` come by themselves. */
  readonly options: readonly Option<unknown>[];
  /** What else the help says, after the options. */
  readonly notes: readonly string[];
  /** Turns a parsed command line into settings. */
  readonly settings: (parsed: ParsedArguments) => Settings;
}
