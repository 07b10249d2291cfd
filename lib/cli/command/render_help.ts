import type { Command, Flag } from "./command.ts";
import { allFlags } from "./flags.ts";

/**
 * Renders the help of a command, at most 80 columns wide.
 *
 * @param command The command.
 * @returns The text, with a newline at the end.
 */
export function renderHelp<T>(command: Command<T>): string {
  const flags = allFlags(command).map((flag) => ({ names: renderNames(flag), help: flag.help }));
  const width = Math.max(...flags.map(({ names }) => names.length));
  return [
    `Usage: ${command.name} ${command.usage}`,
    "",
    ...command.summary,
    "",
    "Options:",
    ...flags.flatMap(({ names, help }) =>
      help.map((line, i) => `  ${(i === 0 ? names : "").padEnd(width)}  ${line}`)
    ),
    "",
    ...command.notes,
  ].join("\n") + "\n";
}

function renderNames(flag: Flag<unknown>): string {
  const long = flag.kind === undefined ? `--${flag.name}` : `--${flag.name} ${flag.placeholder}`;
  return `${flag.short === undefined ? "   " : `-${flag.short},`} ${long}`;
}
