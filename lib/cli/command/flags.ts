import type { Command, Flag, Option, Switch } from "./command.ts";

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

/** Returns the flags of an option: its own, and its shorthand if it has one. */
export function flagsOf<T>(option: Option<T>): readonly Flag<T>[] {
  return option.shorthand === undefined ? [option] : [option, option.shorthand];
}

/** Returns all flags of a command, in the order of its help. */
export function allFlags<Settings>({ options }: Command<Settings>): readonly Flag<unknown>[] {
  return [...Object.values<Option<unknown>>(options).flatMap(flagsOf), USAGE, HELP, VERSION];
}
