/**
 * Writes HTTP request logs to stdout, one JSON object a line or in another format: `deno run generator.ts |
 * deno run analyzer.ts`. See `--help`.
 *
 * @module
 */

import { runCommand } from "./lib/cli/command/run_command.ts";
import { generatorCommand, type GeneratorSettings } from "./lib/cli/options/generator_command.ts";
import { PROFILE_NAMES, type ProfileName, PROFILES } from "./lib/traffic/profiles/profiles.ts";

async function generate(settings: GeneratorSettings<ProfileName>): Promise<number> {
  // Loaded only now, so that `--help` and a misspelt option are answered at once.
  const { runGenerator } = await import("./lib/cli/run_generator.ts");
  return await runGenerator(PROFILES[settings.profile](settings), settings);
}

if (import.meta.main) await runCommand(generatorCommand(PROFILE_NAMES), generate);
