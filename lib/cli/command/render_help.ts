import type { Command, Option } from "./command.ts";
import { HELP, VERSION } from "./parse_arguments.ts";

/**
 * Renders the help of a command, at most 80 columns wide.
 *
 * @param command The command.
 * @returns The text, with a newline at the end.
 */
export function renderHelp<T>(command: Command<T>): string {
  const options = [...command.options, HELP, VERSION].map((option) => ({
    names: renderNames(option),
    help: option.help,
  }));
  const width = Math.max(...options.map(({ names }) => names.length));
  return [
    `Usage: ${command.name} ${command.usage}`,
    "",
    ...command.summary,
    "",
    "Options:",
    ...options.flatMap(({ names, help }) =>
      help.map((line, i) => `  ${(i === 0 ? names : "").padEnd(width)}  ${line}`)
    ),
    "",
    ...command.notes,
  ].join("\n") + "\n";
}

function renderNames({ name, short, placeholder }: Option<unknown>): string {
  const long = placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
  return `${short === undefined ? "   " : `-${short},`} ${long}`;
}
