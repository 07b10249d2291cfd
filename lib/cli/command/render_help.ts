import {
  allFlags,
  type Command,
  type Flag,
  flagsOf,
  HELP,
  type Option,
  USAGE,
  VERSION,
} from "./command.ts";

/**
 * Renders the help of a command, at most 80 columns wide: all its options, in groups if it has such.
 *
 * @param command The command.
 * @returns The text, with a newline at the end.
 */
export function renderHelp<T>(command: Command<T>): string {
  const { groups } = command;
  const width = widthOf(allFlags(command));
  const sections = groups === undefined ? [{ title: "Options", flags: allFlags(command) }] : [
    ...groups.map(({ title, options }) => ({ title, flags: flagsNamed(command, options) })),
    { title: "Help", flags: [USAGE, HELP, VERSION] },
  ];
  return render(command, [
    ...sections.flatMap(({ title, flags }, i) => [
      ...(i === 0 ? [] : [""]),
      `${title}:`,
      ...renderFlags(flags, width),
    ]),
    "",
    ...command.notes,
  ]);
}

/**
 * Renders the short help of a command: the options that one needs most, and examples.
 *
 * @param command The command.
 * @returns The text, with a newline at the end; all of the help if the command has no short one.
 */
export function renderUsage<T>(command: Command<T>): string {
  const { brief } = command;
  if (brief === undefined) return renderHelp(command);
  const flags = [...flagsNamed(command, brief.options), HELP];
  return render(command, ["Options:", ...renderFlags(flags, widthOf(flags)), "", ...brief.notes]);
}

function render<T>(
  { name, usage, summary }: Command<T>,
  lines: readonly string[],
): string {
  return [`Usage: ${name} ${usage}`, "", ...summary, "", ...lines].join("\n") + "\n";
}

function flagsNamed<T>(
  { options }: Command<T>,
  names: readonly PropertyKey[],
): readonly Flag<unknown>[] {
  const known: Readonly<Record<PropertyKey, Option<unknown>>> = options;
  return names.flatMap((name) => flagsOf(known[name]!));
}

/** How wide the column of names becomes; a longer name has a line of its own. */
const MAX_WIDTH = 23;

function widthOf(flags: readonly Flag<unknown>[]): number {
  const widths = flags.map((flag) => renderNames(flag).length);
  return Math.max(...widths.filter((width) => width <= MAX_WIDTH));
}

function renderFlags(flags: readonly Flag<unknown>[], width: number): readonly string[] {
  return flags.flatMap((flag) => {
    const names = renderNames(flag), isLong = names.length > width;
    const lines = flag.help.map((line, i) =>
      `  ${(i === 0 && !isLong ? names : "").padEnd(width)}  ${line}`
    );
    return isLong ? [`  ${names}`, ...lines] : lines;
  });
}

function renderNames(flag: Flag<unknown>): string {
  const long = flag.kind === undefined ? `--${flag.name}` : `--${flag.name} ${flag.placeholder}`;
  return `${flag.short === undefined ? "   " : `-${flag.short},`} ${long}`;
}
