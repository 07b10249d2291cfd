/** Copies stdin to stdout as a reader that has work to do with each chunk, and lists the sizes of chunks on stderr, then `end`. */

import { readStdin } from "../../lib/cli/reading/read_stdin.ts";

for await (const chunk of readStdin()) {
  console.error(chunk.length);
  for (let at = 0; at < chunk.length;) at += Deno.stdout.writeSync(chunk.subarray(at));
  await new Promise((resolve) => setTimeout(resolve, 5));
}
console.error("end");
