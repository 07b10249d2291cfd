import { run } from "./install.ts";

/**
 * Hosts on one machine: network namespaces, each with an address and a name of its own, on one bridge.
 * They share the file system. Needs root on Linux.
 */
export class Hosts implements AsyncDisposable {
  /** The names, without what tells them from those of another test. */
  readonly names: readonly string[];
  readonly #prefix = `logs${Deno.pid}`;
  readonly #subnet: string;
  readonly #running: Promise<Deno.CommandStatus>[] = [];

  private constructor(names: readonly string[], subnet: string) {
    this.names = names;
    this.#subnet = subnet;
  }

  /** Makes hosts of these names; the subnet is the first three bytes of their addresses. */
  static async make(names: readonly string[], subnet: string): Promise<Hosts> {
    const hosts = new Hosts(names, subnet);
    try {
      await hosts.#connect();
      return hosts;
    } catch (error) {
      await hosts[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #connect(): Promise<void> {
    const bridge = this.#space("bridge");
    await run("ip", ["netns", "add", bridge]);
    await run("ip", ["-n", bridge, "link", "add", "br0", "type", "bridge"]);
    await run("ip", ["-n", bridge, "link", "set", "br0", "up"]);
    for (const [i, name] of this.names.entries()) {
      const space = this.#space(name), port = `port${i}`;
      await run("ip", ["netns", "add", space]);
      await run("ip", ["-n", space, "link", "set", "lo", "up"]);
      const peer = ["type", "veth", "peer", "name", "eth0", "netns", space];
      await run("ip", ["link", "add", port, "netns", bridge, ...peer]);
      await run("ip", ["-n", bridge, "link", "set", port, "master", "br0", "up"]);
      await run("ip", ["-n", space, "addr", "add", `${this.addressOf(name)}/24`, "dev", "eth0"]);
      await run("ip", ["-n", space, "link", "set", "eth0", "up"]);
    }
  }

  /** The address of a host. */
  addressOf(name: string): string {
    return `${this.#subnet}.${10 + this.names.indexOf(name)}`;
  }

  /** Starts a command of the shell on a host, to run until the host is killed. */
  start(name: string, command: string, env: Readonly<Record<string, string>> = {}): void {
    const child = new Deno.Command("nsenter", {
      args: this.#entering(name, command),
      env,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    this.#running.push(child.status);
  }

  /** Runs a command of the shell on a host, and tells how it ended. */
  async run(
    name: string,
    command: string,
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    const { code, stdout, stderr } = await new Deno.Command("nsenter", {
      args: this.#entering(name, command),
      env,
      stdin: "null",
    }).output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  }

  /** Kills all that runs on a host, at once; tells how many processes that were. */
  async kill(name: string): Promise<number> {
    const pids = (await run("ip", ["netns", "pids", this.#space(name)])).trim();
    let killed = 0;
    for (const pid of pids === "" ? [] : pids.split("\n")) {
      try {
        Deno.kill(Number(pid), "SIGKILL");
        killed++;
      } catch (error) {
        // Its parent went first and took it along.
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
    return killed;
  }

  /** Kills and removes all hosts. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.names) {
      // What was about to start while the others were killed is killed in the next round.
      while (await this.kill(name).catch(() => 0) > 0);
    }
    await Promise.all(this.#running);
    for (const name of [...this.names, "bridge"]) {
      await run("ip", ["netns", "del", this.#space(name)]).catch(() => {});
    }
  }

  #space(name: string): string {
    return `${this.#prefix}-${name}`;
  }

  #entering(name: string, command: string): string[] {
    const net = `--net=/run/netns/${this.#space(name)}`;
    return [net, "unshare", "--uts", "sh", "-c", `hostname ${name}; ${command}`];
  }
}

/** Asks again and again until it is so. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  seconds: number,
): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await isSo());) {
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
