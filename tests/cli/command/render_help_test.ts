import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { allFlags, type Command } from "../../../lib/cli/command/command.ts";
import { parseArguments } from "../../../lib/cli/command/parse_arguments.ts";
import { renderHelp, renderUsage } from "../../../lib/cli/command/render_help.ts";
import { ANALYZER } from "../../../lib/cli/options/analyzer_command.ts";
import { generatorCommand } from "../../../lib/cli/options/generator_command.ts";

const COMMANDS: readonly Command<Record<string, unknown>>[] = [
  ANALYZER,
  generatorCommand(["classic"]),
];

Deno.test("renderHelp() names every option, and stays within 80 columns", () => {
  for (const command of COMMANDS) {
    const help = renderHelp(command);
    for (const { name } of allFlags(command)) assertStringIncludes(help, `--${name}`);
    for (const name of ["--help", "--version"]) assertStringIncludes(help, name);
    for (const line of help.split("\n")) assert(line.length <= 80, line);
  }
});

Deno.test("renderHelp() has each option in one group, under its title", () => {
  const { groups = [], options } = ANALYZER;
  assertEquals(
    groups.flatMap(({ options }) => options).toSorted(),
    Object.keys(options).toSorted(),
  );
  const titles = [...renderHelp(ANALYZER).matchAll(/^([A-Z][a-z ]+):$/gm)].map(([, title]) =>
    title
  );
  assertEquals(titles.slice(0, 6), [
    "Input",
    "What counts",
    "Report",
    "Threads and machines",
    "Limits",
    "Help",
  ]);
});

Deno.test("renderUsage() fits one screen of 24 lines, and shows four examples", () => {
  const lines = renderUsage(ANALYZER).trimEnd().split("\n");
  assert(lines.length <= 24, `${lines.length} lines`);
  for (const line of lines) assert(line.length <= 80, line);
  assertEquals(lines.slice(lines.indexOf("Examples:") + 1).length, 4);
  assertEquals(lines.filter((line) => /^  +(?:-\w, )?--/.test(line)).length, 10);
  const [generator] = COMMANDS.slice(1);
  assertEquals(renderUsage(generator!), renderHelp(generator!));
});

Deno.test("renderHelp() and messages show only examples that work", () => {
  for (const command of COMMANDS) {
    for (const { example } of allFlags(command)) parseArguments(command, example.split(" "));
  }
});
