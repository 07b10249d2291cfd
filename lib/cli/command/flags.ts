import type { Command, Flag, Option, Switch } from "./command.ts";

/** The switch of every command that asks for its help. */
export const HELP: Switch<true> = {
  name: "help",
  short: "h",
  help: ["show this and exit"],
  on: true,
  example: "--help",
};

/** The switch of every command that asks for its version. */
export const VERSION: Switch<true> = {
  name: "version",
  help: ["show the version and exit"],
  on: true,
  example: "--version",
};

/** Lists the flags that an option is given by. */
export function flagsOf<T>(option: Option<T>): readonly Flag<T>[] {
  return option.shorthand === undefined ? [option] : [option, option.shorthand];
}

/** Lists all flags that a command takes, in the order of its help. */
export function allFlags<Settings>({ options }: Command<Settings>): readonly Flag<unknown>[] {
  return [...Object.values<Option<unknown>>(options).flatMap(flagsOf), HELP, VERSION];
}
