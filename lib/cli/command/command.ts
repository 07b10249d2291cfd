/** How the text of an option becomes its value. */
export interface ValueKind<T> {
  /** Reads the text; `undefined` if it has no such value. */
  readonly parse: (text: string) => T | undefined;
  /** What a text must be, as the end of "expected …". */
  readonly wanted: string;
  /** Texts of the right form, and what is wanted of those: the range that they miss. */
  readonly range?: readonly [form: RegExp, wanted: string];
}

/** What the help and the messages say of a flag. */
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
  /** What it stands for. */
  readonly on: T;
  /** A switch reads nothing. */
  readonly kind?: undefined;
}

/** A flag that takes a value. */
export interface Parameter<T> extends FlagText {
  /** What stands for its value in the help. */
  readonly placeholder: string;
  /** How its value is read. */
  readonly kind: ValueKind<T>;
}

/** What begins with dashes on a command line. */
export type Flag<T> = Switch<T> | Parameter<T>;

/** One option of a command: the single place where all that is known of it is said. */
export type Option<T, Subject extends string = string> = Flag<T> & {
  /** Its value when it is not given. */
  readonly fallback: T;
  /** What it is about; conflicts name options by that. */
  readonly of: Subject;
  /** Another flag for one of its values, which wins over its own. */
  readonly shorthand?: Switch<T>;
};

/** The options of a command by what they set, in the order of the help. */
export type Options<Settings, Subject extends string = string> = {
  readonly [Key in Exclude<keyof Settings, "files">]: Option<Settings[Key], Subject>;
};

/** Options that would do nothing with others, or without them: a misunderstanding, which is better told. */
export interface Conflict<Key, Subject extends string = string> {
  /** What the options are about that would do nothing. */
  readonly of: readonly Subject[];
  /** Whether they do nothing where others are given, or where none of those is. */
  readonly when: "with" | "without";
  /** The others. */
  readonly others: readonly Key[];
  /** Why that is so, as the end of "Cannot use …". */
  readonly why: string;
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

/** A command: what it is called, what it takes, and what its command line means. */
export interface Command<Settings, Subject extends string = string> {
  /** The name that its messages begin with. */
  readonly name: string;
  /** What it does, in a few lines. */
  readonly summary: readonly string[];
  /** The arguments after the name, for example `[OPTION]... [FILE]...`. */
  readonly usage: string;
  /** Whether it takes arguments that are not options: they become the setting `files`. */
  readonly takesFiles: boolean;
  /** Its options; `--help` and `--version` come by themselves. */
  readonly options: Options<Settings, Subject>;
  /** Which options do not go together; the first that is found is told. */
  readonly conflicts: readonly Conflict<keyof Options<Settings>, Subject>[];
  /** What else the help says, after the options. */
  readonly notes: readonly string[];
}
