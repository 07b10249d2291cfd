import { assert, assertStringIncludes } from "@std/assert";
import type { Command } from "../../../lib/cli/command/command.ts";
import { allFlags } from "../../../lib/cli/command/flags.ts";
import { parseArguments } from "../../../lib/cli/command/parse_arguments.ts";
import { renderHelp } from "../../../lib/cli/command/render_help.ts";
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

Deno.test("renderHelp() and messages show only examples that work", () => {
  for (const command of COMMANDS) {
    for (const { example } of allFlags(command)) parseArguments(command, example.split(" "));
  }
});
