import config from "../../../deno.json" with { type: "json" };
import { type Command, CommandError, infoTextIn, UsageError } from "./command.ts";
import { renderHelp, renderUsage } from "./render_help.ts";
import { say } from "./say.ts";
import { cannotWriteOut, writeOut } from "./stdout.ts";

/**
 * Runs a command with the arguments of the process, and ends the process.
 *
 * Exit codes: what `run` returns; 0 when the reader of stdout has gone; 1 when the work could not
 * be done; 2 when the command line was not understood. With 1 and 2 it prints a message on stderr.
 *
 * @param command The command, and what its command line may be.
 * @param run Does the work; returns the exit code.
 * @throws Any error that is neither the command's nor the system's.
 */
export async function runCommand<Settings>(
  command: Command<Settings>,
  run: (settings: Settings) => Promise<number>,
): Promise<never> {
  Deno.exit(await exitCodeOf(command, run));
}

async function exitCodeOf<Settings>(
  command: Command<Settings>,
  run: (settings: Settings) => Promise<number>,
): Promise<number> {
  try {
    // `--help` is answered without loading what parses options.
    const request = infoTextIn(Deno.args) ??
      (await import("./parse_arguments.ts")).parseArguments(command, Deno.args);
    if (typeof request === "object") return await run(request.settings);
    await writeOut([
      request === "version"
        ? `${command.name} ${config.version}\n`
        : request === "help"
        ? renderHelp(command)
        : renderUsage(command),
    ]);
    return 0;
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) return 0;
    // Any other error came from writing to stdout: reading and opening have messages of their own.
    const isOurs = error instanceof UsageError || error instanceof CommandError;
    const { message } = isOurs ? error : cannotWriteOut(error);
    say(`${command.name}: ${message}`);
    return error instanceof UsageError ? 2 : 1;
  }
}
