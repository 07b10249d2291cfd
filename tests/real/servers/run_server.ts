import { join } from "@std/path";
import type { Server } from "./servers.ts";

/**
 * Starts a server, and stops it, and no other process, when it was used.
 *
 * @param server The server.
 * @param options `folder`: its folder; `port`: where it listens; `use`: what is done meanwhile.
 */
export async function runServer(
  server: Server,
  { folder, port, use }: {
    readonly folder: string;
    readonly port: number;
    readonly use: () => Promise<void>;
  },
): Promise<void> {
  await Deno.mkdir(join(folder, "pages"));
  await Deno.writeTextFile(join(folder, "pages", "index.html"), "here\n");
  await Deno.writeTextFile(join(folder, server.configFile), server.config);
  // A server that was started by root reads its pages as another user.
  await Deno.chmod(folder, 0o755);
  const [program, ...args] = server.command;
  // In a process group of its own: Apache ends its whole group.
  const options = {
    args,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  } as const;
  const child = new Deno.Command(program!, options).spawn();
  const output = child.output();
  try {
    await untilListening(port);
    await use();
  } finally {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended by itself, and its messages say why.
    }
  }
  const { stdout, stderr } = await output;
  if (server.stdoutFile !== undefined) {
    await Deno.writeFile(join(folder, server.stdoutFile), stdout);
  }
  await Deno.writeFile(join(folder, "messages.txt"), stderr);
}

const TRIES = 50;

async function untilListening(port: number): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port })).close();
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`Cannot reach the server: nothing listens on port ${port}`);
}

/** A port of the loopback that nothing listens on. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
