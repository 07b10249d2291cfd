/**
 * Reads HTTP request logs from stdin or files, line by line, and reports what is wrong with the
 * service: `deno run generator.ts | deno run analyzer.ts`. See `--help`.
 *
 * @module
 */

import { runCommand } from "./lib/cli/command/run_command.ts";
import { ANALYZER } from "./lib/cli/options/analyzer_command.ts";
import { startThreads } from "./lib/cli/threads/start_threads.ts";

if (import.meta.main) {
  await runCommand(ANALYZER, async (settings) => {
    const threads = startThreads(settings);
    // Loaded only now: threads load what they need meanwhile, and `--help` or a misspelt option is answered at once.
    const { runAnalyzer } = await import("./lib/cli/run_analyzer.ts");
    return await runAnalyzer(settings, threads);
  });
}
