/**
 * Reads what real servers write: each is started on a port of the loopback, is sent ordinary and broken requests,
 * and what it logged is compared with what the client sent and was answered.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { withFolder } from "../support/with_folder.ts";
import { analyzeLog } from "./analyze_log.ts";
import { type Answered, ANY, EXCHANGES, send } from "./servers/exchanges.ts";
import { freePort, runServer } from "./servers/run_server.ts";
import {
  apache,
  haproxy,
  type LoggedRequest,
  nginx,
  REQUEST_TIMEOUT_S,
  type Server,
} from "./servers/servers.ts";

// deno-lint-ignore no-explicit-any -- a report as it was printed
type Report = any;

/** What a server must have logged of what a client did. */
function toLogged(server: Server, answered: readonly Answered[]): readonly LoggedRequest[] {
  const requests = answered.flatMap(({ exchange: { name, targets }, statuses }) => {
    const unseen = server.unseen[name];
    if (unseen !== undefined) return unseen;
    assertEquals(statuses.length, targets.length, `${server.name} answers ${name}`);
    return statuses.map((status, i): LoggedRequest => {
      const target = targets[i];
      const isKnown = target !== undefined && target !== ANY;
      return { status, target: isKnown ? server.logged(target, status) : target };
    });
  });
  return [...requests, ...server.probe === undefined ? [] : [server.probe]];
}

function countBy<T, Key>(items: readonly T[], key: (item: T) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** Asserts that a report is on just these requests. */
function assertReports(report: Report, logged: readonly LoggedRequest[]): void {
  assertEquals([report.total_requests, report.input.rejected], [logged.length, 0]);
  const statuses = Object.fromEntries(countBy(logged, ({ status }) => String(status)));
  assertEquals(report.statuses, statuses);
  assertEquals(report.clients.top.map(({ ip, requests }: Report) => [ip, requests]), [
    ["127.0.0.1", logged.length],
  ]);

  const targets = countBy(logged, ({ target }) => target);
  const none = targets.get(undefined) ?? 0, any = targets.get(ANY) ?? 0;
  targets.delete(undefined);
  targets.delete(ANY);
  const found = new Map<string, number>(
    report.endpoints.map(({ endpoint, requests }: Report) => [endpoint, requests]),
  );
  for (const [target, count] of targets) {
    assertEquals([target, found.get(target!)], [target, count]);
  }
  const others = [...found].filter(([target]) => !targets.has(target));
  const withoutEndpoint = report.input.without_endpoint;
  assert(withoutEndpoint >= none && withoutEndpoint <= none + any, `${withoutEndpoint} without`);
  assertEquals(others.reduce((sum, [, count]) => sum + count, withoutEndpoint), none + any);
}

/** Asserts that times are those of the test, and that response times are in their unit. */
function assertTimes(
  report: Report,
  { startMs, endMs, hasTimes }: {
    readonly startMs: number;
    readonly endMs: number;
    readonly hasTimes: boolean;
  },
): void {
  assert(Date.parse(report.input.first_timestamp) > startMs - 2000, report.input.first_timestamp);
  assert(Date.parse(report.input.last_timestamp) < endMs + 2000, report.input.last_timestamp);
  if (!hasTimes) return;
  const { count, max } = report.response_time;
  assertEquals(count, report.total_requests);
  // That of the request whose rest never came.
  assert(max >= 900 * REQUEST_TIMEOUT_S && max < 5000 * REQUEST_TIMEOUT_S, `${max} ms`);
}

function isInstalled(program: string): boolean {
  const args = ["-c", `command -v ${program}`];
  return new Deno.Command("sh", { args, stdout: "null", stderr: "null" }).outputSync().success;
}

for (const make of [nginx, apache, haproxy]) {
  const { name, command: [program] } = make("", 0);
  const ignore = !isInstalled(program!);

  Deno.test({
    name: `the analyzer reads what ${name} logs${ignore ? ` (${program} is not installed)` : ""}`,
    ignore,
    fn: (t) =>
      withFolder(async (folder) => {
        const port = freePort(), server = make(folder, port), answered: Answered[] = [];
        const startMs = Date.now();
        await runServer(server, {
          folder,
          port,
          use: async () => {
            for (const exchange of EXCHANGES) answered.push(await send(exchange, port));
          },
        });
        const endMs = Date.now(), logged = toLogged(server, answered);
        for (const { file, template, isKnown, hasTimes } of server.logs) {
          for (const args of [...isKnown ? [[]] : [], ["-f", template]]) {
            const how = args.length === 0 ? "by itself" : `with ${template}`;
            await t.step(`${file} ${how}`, async () => {
              const { report, stderr } = await analyzeLog(join(folder, file), { args });
              assert(report !== undefined, stderr);
              assertReports(report, logged);
              assertTimes(report, { startMs, endMs, hasTimes });
            });
          }
        }
      }),
  });
}
