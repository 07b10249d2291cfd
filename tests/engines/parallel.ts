/**
 * Runs the analyzer with GNU parallel over ssh on three hosts, one of which is killed:
 * `deno task engines`.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { basename, join } from "@std/path";
import { Hosts, until } from "./hosts.ts";
import { install, run } from "./install.ts";
import { makeWorkplace, type Workplace } from "./shards.ts";

const PACKAGES = ["parallel", "openssh-server", "openssh-client", "iproute2", "util-linux"];
const missing = await install(["parallel", "sshd", "ssh-keygen", "ip", "nsenter"], PACKAGES);
const reason = missing === undefined ? "" : ` (ignored, it cannot be installed: ${missing})`;

const SHARDS = 12;
const SERVERS = ["n1", "n2", "n3"];

/** Starts sshd on each server, with keys made for it; tells how to call ssh. */
async function startServers(hosts: Hosts, folder: string): Promise<string> {
  await Deno.mkdir("/run/sshd", { recursive: true });
  const [identity, host] = [join(folder, "identity"), join(folder, "host")];
  for (const key of [identity, host]) {
    await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  }
  const server = join(folder, "sshd_config"), client = join(folder, "ssh_config");
  await Deno.writeTextFile(
    server,
    `HostKey ${host}\nAuthorizedKeysFile ${identity}.pub\nStrictModes no\nMaxStartups 100\n` +
      "PermitRootLogin prohibit-password\nPasswordAuthentication no\nPidFile none\n" +
      // Else bash runs the user's own start-up files first, which may wait for a lock that was held
      // by a shell on a host that was killed.
      `SetEnv HOME=${folder}\n`,
  );
  await Deno.writeTextFile(
    client,
    `Host *\n  User root\n  IdentityFile ${identity}\n  IdentitiesOnly yes\n` +
      "  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR\n" +
      // Else a server that is gone is never noticed.
      "  ServerAliveInterval 2\n  ServerAliveCountMax 2\n",
  );
  const sshd = (await run("sh", ["-c", "command -v sshd"])).trim();
  for (const name of SERVERS) hosts.start(name, `exec ${sshd} -D -f ${server}`);
  const ssh = `ssh -F ${client}`;
  for (const name of SERVERS) {
    const isUp = async () =>
      (await hosts.run("ctl", `${ssh} ${hosts.addressOf(name)} true`)).code === 0;
    await until(`${name} answers`, isUp, 20);
  }
  return ssh;
}

async function withServers(
  work: (place: Workplace, hosts: Hosts, parallel: string) => Promise<void>,
): Promise<void> {
  const place = await makeWorkplace(SHARDS, 60_000);
  try {
    await using hosts = await Hosts.make(["ctl", ...SERVERS], "10.83.8");
    const ssh = await startServers(hosts, place.folder);
    const servers = SERVERS.map((name) => `2/${hosts.addressOf(name)}`).join(",");
    await work(place, hosts, `parallel --will-cite --ssh '${ssh}' -S ${servers}`);
  } finally {
    await Deno.remove(place.folder, { recursive: true });
  }
}

Deno.test({
  name: `GNU parallel on three hosts, one killed, gives the report of a single pass${reason}`,
  ignore: missing !== undefined,
  async fn() {
    await withServers(async ({ folder, shards, manifest, report, analyzer }, hosts, parallel) => {
      const attempts = join(folder, "attempts");
      const countAttempts = async (pattern: RegExp) =>
        (await Deno.readTextFile(attempts).catch(() => "")).split("\n")
          .filter((line) => pattern.test(line)).length;
      await Deno.mkdir(join(folder, "states"));
      const map = hosts.run(
        "ctl",
        `${parallel} --retries 5 --joblog ${folder}/joblog --results '${folder}/states/{#}' ` +
          `'echo {/} on $(hostname) >> ${attempts}; ${analyzer} --partial --shard {/} < {}' ` +
          `::: ${shards.join(" ")} > /dev/null`,
      );
      await until("n2 has work", async () => await countAttempts(/ on n2$/) > 0, 60);
      assert(await hosts.kill("n2") > 1, "there was something to kill");
      const { code, stderr } = await map;
      assertEquals(code, 0, stderr);

      const states = Array.from(
        { length: SHARDS },
        (_, i) => join(folder, "states", String(i + 1)),
      );
      const merge = `cat ${states.join(" ")} | ${analyzer} --merge --expect ${manifest} -o json`;
      assertEquals((await hosts.run("ctl", merge)).stdout, report);
      assert(await countAttempts(/ on n/) > SHARDS, "what was killed ran again");

      const lost = `cat ${states.slice(1).join(" ")} | ${analyzer} --merge --expect ${manifest}`;
      const refused = await hosts.run("ctl", lost);
      assertEquals([refused.code, refused.stdout], [1, ""]);
      assertStringIncludes(refused.stderr, `shard "${basename(shards[0]!)}" is missing`);
    });
  },
});

Deno.test({
  name: `GNU parallel merges logs that lie on the servers, and notices one that is gone${reason}`,
  ignore: missing !== undefined,
  async fn() {
    await withServers(async ({ folder, shards, analyzer }, hosts, parallel) => {
      for (const [i, name] of SERVERS.entries()) {
        await Deno.copyFile(shards[i]!, join(folder, `${name}.ndjson`));
      }
      const single = await run(analyzer, ["-o", "json", ...shards.slice(0, SERVERS.length)]);
      const merge = `${parallel} --nonall '${analyzer} --partial < ${folder}/$(hostname).ndjson' ` +
        `| ${analyzer} --merge --expect 3 -o json`;
      assertEquals((await hosts.run("ctl", merge)).stdout, single);

      await hosts.kill("n2");
      const refused = await hosts.run("ctl", merge);
      assertEquals([refused.code, refused.stdout], [1, ""]);
      assertStringIncludes(refused.stderr, "expected 3 shards, found 2");
    });
  },
});
