/**
 * Writes HTTP request logs to stdout, one JSON object a line: `deno run generator.ts | deno run
 * analyzer.ts`. See `--help`.
 *
 * @module
 */

import { runCommand } from "./lib/cli/command/run_command.ts";
import { generatorCommand, type GeneratorSettings } from "./lib/cli/options/generator_command.ts";
import { writeRecords } from "./lib/cli/writing/write_records.ts";
import { LineWriter } from "./lib/formats/line_writer.ts";
import { PROFILE_NAMES, type ProfileName, PROFILES } from "./lib/traffic/profiles/profiles.ts";

/** The capacity of a pipe on Linux. */
const BLOCK_BYTES = 64 * 1024;

async function generate(settings: GeneratorSettings<ProfileName>): Promise<number> {
  const records = PROFILES[settings.profile](settings);
  await writeRecords(records, { rate: settings.rate, lines: new LineWriter(BLOCK_BYTES) });
  return 0;
}

if (import.meta.main) await runCommand(generatorCommand(PROFILE_NAMES), generate);
