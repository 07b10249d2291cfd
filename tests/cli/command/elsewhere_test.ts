import { assertThrows } from "@std/assert";
import { UsageError } from "../../../lib/cli/command/command.ts";
import { parseArguments } from "../../../lib/cli/command/parse_arguments.ts";
import { ANALYZER } from "../../../lib/cli/options/analyzer_command.ts";

Deno.test("an option of another tool is answered with what to use here", () => {
  for (
    const [option, instead] of [
      ["--json", "use --output json"],
      ["--log-format=COMBINED", "use --format, with a name or the server's own template"],
      ["--no-color", "use --color never"],
      ["-F", "use tail -F FILE | analyzer"],
      ["--follow", "use tail -F FILE | analyzer"],
    ] as const
  ) assertThrows(() => parseArguments(ANALYZER, [option]), UsageError, instead, option);
  assertThrows(
    () => parseArguments(ANALYZER, ["--constructor"]),
    UsageError,
    "see analyzer --help",
  );
});
