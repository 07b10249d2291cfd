/**
 * Runs the analyzer under Slurm on three hosts, one of which is killed: `deno task engines`.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { basename, join } from "@std/path";
import { Hosts, until } from "./hosts.ts";
import { install, run } from "./install.ts";
import { makeWorkplace } from "./shards.ts";

const PROGRAMS = ["slurmctld", "slurmd", "sbatch", "munged", "ip", "nsenter"];
const missing = await install(PROGRAMS, ["slurm-wlm", "munge", "iproute2", "util-linux"]);
const reason = missing === undefined ? "" : ` (ignored, Slurm cannot be installed: ${missing})`;

const SHARDS = 12;
const NODES = ["n1", "n2", "n3"];

/** One controller, three nodes of two processors; a node that is gone is noticed within seconds. */
function configuration(folder: string, hosts: Hosts): string {
  return [
    "ClusterName=logs",
    `SlurmctldHost=ctl(${hosts.addressOf("ctl")})`,
    "AuthType=auth/munge",
    // A job that is requeued waits until its old credential has expired.
    `AuthInfo=socket=${folder}/munge/socket,cred_expire=5`,
    "SlurmUser=root",
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool.%n`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd.%n.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/slurmd.%n.log`,
    "ProctrackType=proctrack/linuxproc",
    "TaskPlugin=task/none",
    "SelectType=select/cons_tres",
    "SelectTypeParameters=CR_Core",
    "SlurmdParameters=config_overrides",
    "SlurmdTimeout=6",
    "KillWait=2",
    "ReturnToService=2",
    ...NODES.map((name) => `NodeName=${name} NodeAddr=${hosts.addressOf(name)} CPUs=2`),
    "PartitionName=all Nodes=ALL Default=YES State=UP",
  ].map((line) => `${line}\n`).join("");
}

/** Starts the daemon that vouches for messages, with a key of its own; tells its process. */
async function startMunge(folder: string): Promise<number> {
  const munge = join(folder, "munge");
  await run("install", ["-d", "-o", "munge", "-g", "munge", "-m", "755", munge]);
  const key = join(munge, "key");
  await Deno.writeFile(key, crypto.getRandomValues(new Uint8Array(64)), { mode: 0o400 });
  await run("chown", ["munge:munge", key]);
  const files = { socket: "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed" };
  const args = Object.entries(files).map(([option, file]) => `--${option}=${join(munge, file)}`);
  const munged = ["munged", "--force", `--key-file=${key}`, ...args];
  await run("runuser", ["-u", "munge", "--", ...munged]);
  await until("munged runs", () => exists(join(munge, "pid")), 20);
  return Number(await Deno.readTextFile(join(munge, "pid")));
}

/** Ends a process, and waits until it is gone: what it wrote last would not be removed with the rest. */
async function end(pid: number): Promise<void> {
  Deno.kill(pid, "SIGTERM");
  const isGone = async () => {
    const stat = await Deno.readTextFile(`/proc/${pid}/stat`).catch(() => ") Z");
    return stat.includes(") Z");
  };
  await until(`process ${pid} is gone`, isGone, 20);
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function countLines(path: string, pattern: RegExp): Promise<number> {
  const text = await Deno.readTextFile(path).catch(() => "");
  return text.split("\n").filter((line) => pattern.test(line)).length;
}

Deno.test({
  name: `Slurm on three hosts, one killed, gives the report of a single pass${reason}`,
  ignore: missing !== undefined,
  async fn() {
    const { folder, shards, manifest, report, analyzer } = await makeWorkplace(SHARDS, 60_000);
    let munge: number | undefined;
    try {
      await using hosts = await Hosts.make(["ctl", ...NODES], "10.83.7");
      munge = await startMunge(folder);
      for (const name of ["state", "states", ...NODES.map((name) => `spool.${name}`)]) {
        await Deno.mkdir(join(folder, name));
      }
      const env = { SLURM_CONF: join(folder, "slurm.conf") };
      await Deno.writeTextFile(env.SLURM_CONF, configuration(folder, hosts));
      // The plugin for version 2 would ask systemd.
      const version = await exists("/sys/fs/cgroup/freezer") ? "v1" : "v2";
      const cgroup = `CgroupPlugin=cgroup/${version}\nIgnoreSystemd=yes\n`;
      await Deno.writeTextFile(join(folder, "cgroup.conf"), cgroup);
      hosts.start("ctl", "exec slurmctld -D", env);
      for (const name of NODES) hosts.start(name, `exec slurmd -D -N ${name}`, env);
      const idle = async () => (await hosts.run("ctl", "sinfo -hN -o %t", env)).stdout;
      await until("all nodes are idle", async () => /^(idle\s+){3}$/.test(await idle()), 60);

      const attempts = join(folder, "attempts");
      await Deno.writeTextFile(join(folder, "list"), shards.map((path) => `${path}\n`).join(""));
      await Deno.writeTextFile(
        join(folder, "map.sh"),
        `#!/bin/bash
#SBATCH --array=1-${SHARDS} --requeue --ntasks=1 --cpus-per-task=1 --output=${folder}/map.%a.log
shard=$(sed -n "\${SLURM_ARRAY_TASK_ID}p" ${folder}/list)
id=$(basename "$shard")
tmp=${folder}/tmp.$SLURM_JOB_ID.\${SLURM_RESTART_COUNT:-0}
echo "$id on $(hostname)" >> ${attempts}
for try in 1 2 3; do
  ${analyzer} --partial --shard "$id" < "$shard" > "$tmp" && mv "$tmp" "${folder}/states/$id" && exit 0
done
exit 1
`,
      );
      await Deno.writeTextFile(
        join(folder, "reduce.sh"),
        `#!/bin/bash
#SBATCH --ntasks=1 --cpus-per-task=1 --output=${folder}/reduce.log
cat ${folder}/states/* | ${analyzer} --merge --expect ${manifest} -o json > ${folder}/report.tmp &&
  mv ${folder}/report.tmp ${folder}/report
`,
      );
      const submit = async (args: string) => {
        const { code, stdout, stderr } = await hosts.run("ctl", `sbatch --parsable ${args}`, env);
        assertEquals(code, 0, stderr);
        return stdout.trim();
      };
      const map = await submit(`${folder}/map.sh`);
      const after = `--dependency=afterok:${map} --kill-on-invalid-dep=yes`;
      const reduce = await submit(`${after} ${folder}/reduce.sh`);

      await until("n2 has work", async () => await countLines(attempts, / on n2$/) > 0, 60);
      assert(await hosts.kill("n2") > 1, "there was something to kill");
      const queued = async () => (await hosts.run("ctl", `squeue -h -j ${reduce}`, env)).stdout;
      await until("the jobs are done", async () => (await queued()).trim() === "", 240);

      assertEquals(await Deno.readTextFile(join(folder, "report")), report);
      const states = [...Deno.readDirSync(join(folder, "states"))].map(({ name }) => name);
      assertEquals(states.sort(), shards.map((path) => basename(path)).sort());
      assert(await countLines(attempts, / on n/) > SHARDS, "what was killed ran again");
      assert(
        await countLines(join(folder, "slurmctld.log"), /requeue job.*failure of node n2/) > 0,
      );
    } finally {
      if (munge !== undefined) await end(munge);
      await Deno.remove(folder, { recursive: true });
    }
  },
});
