import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path";
import {
  startThreads,
  startWorkers,
  type ThreadSettings,
} from "../../../lib/cli/threads/start_threads.ts";
import { withFolder } from "../../support/with_folder.ts";

const NONE: ThreadSettings = {
  ...{ jobs: undefined, files: [], formats: [], isMerge: false, rejects: undefined },
};
const MIB = 2 ** 20;

/** Starts threads and ends them; gives how many read, and why not more do. */
function start(
  settings: Partial<ThreadSettings>,
): { readonly jobs: number; readonly obstacle?: string } {
  const { workers, ...threads } = startThreads({ ...NONE, ...settings });
  for (const { worker } of workers) worker.terminate();
  assertEquals(workers.length, threads.jobs - 1);
  return threads;
}

Deno.test("startThreads() starts as many as are asked for, this thread among them", () => {
  for (const jobs of [1, 2, 3]) assertEquals(start({ jobs }), { jobs });
  assertEquals(start({ jobs: 3, files: ["-", "no such file"] }), { jobs: 3 });
});

Deno.test("startThreads() has a thread for each 128 MiB of files, up to four and the processors", () =>
  withFolder(async (folder) => {
    const most = Math.min(4, navigator.hardwareConcurrency);
    const files: string[] = [];
    for (const [i, size] of [128 * MIB, 1, 128 * MIB, 400 * MIB].entries()) {
      files.push(join(folder, `${i}`));
      // A file of nothing but a hole.
      await Deno.writeFile(files[i]!, new Uint8Array());
      await Deno.truncate(files[i]!, size);
    }
    assertEquals(start({ files: [] }), { jobs: 1 });
    assertEquals(start({ files: ["-", "no such file", folder] }), { jobs: 1 });
    assertEquals(start({ files: files.slice(0, 1) }), { jobs: 1 });
    assertEquals(start({ files: files.slice(0, 2) }), { jobs: Math.min(2, most) });
    assertEquals(start({ files: files.slice(0, 3) }), { jobs: Math.min(3, most) });
    assertEquals(start({ files }), { jobs: most });
    assertEquals(start({ jobs: 1, files }), { jobs: 1 });
    // Nothing is said where nobody has asked for more.
    assertEquals(start({ files, rejects: "rejects" }), { jobs: 1 });
  }));

Deno.test("startThreads() starts none where one thread has to do, and says why", () => {
  const { jobs, obstacle } = start({ jobs: 2, rejects: "rejects" });
  assertEquals(jobs, 1);
  assertMatch(obstacle!, /^--rejects /);
  assertEquals(start({ jobs: 2, isMerge: true }), { jobs: 1 });
  assertEquals(start({ jobs: 2, formats: ["ndjson", "list"] }), { jobs: 1 });
});

Deno.test("a worker that fails before anybody asks says so later", async () => {
  const [started] = startWorkers(1);
  // No message that a worker knows.
  started!.worker.postMessage({ kind: "task" });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const message = await started!.failed;
  started!.worker.terminate();
  assert(message.length > 0);
});
