/**
 * Reads HTTP request logs from stdin or files, line by line, and reports what is wrong with the
 * service: `deno run generator.ts | deno run analyzer.ts`. See `--help`.
 *
 * @module
 */

import { runCommand } from "./lib/cli/command/run_command.ts";
import { ANALYZER } from "./lib/cli/options/analyzer_command.ts";

if (import.meta.main) {
  await runCommand(ANALYZER, async (settings) => {
    // Loaded only now, so that `--help` and a misspelt option are answered at once.
    const { runAnalyzer } = await import("./lib/cli/run_analyzer.ts");
    return await runAnalyzer(settings);
  });
}
