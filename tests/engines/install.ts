/** Runs a command to its end. */
export async function run(
  command: string,
  args: readonly string[],
  options: Pick<Deno.CommandOptions, "env" | "cwd"> = {},
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    ...options,
  }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(`Cannot run ${command} ${args.join(" ")}: ${decoder.decode(stderr)}`);
}

/**
 * Makes sure that programs are there, from Debian's packages if need be.
 *
 * @param programs What must be on the path.
 * @param packages What to install where something is missing.
 * @returns Why they cannot be had; `undefined` if they are there.
 */
export async function install(
  programs: readonly string[],
  packages: readonly string[],
): Promise<string | undefined> {
  const areThere = () =>
    run("sh", ["-c", `command -v ${programs.join(" && command -v ")}`]).then(
      () => true,
      () => false,
    );
  if (await areThere()) return undefined;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  try {
    await run("apt-get", ["update", "-qq"], { env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env });
  } catch (cause) {
    return cause instanceof Error ? cause.message.trim().split("\n").at(-1)! : String(cause);
  }
  // Installed, but not there: that is no reason to leave a test out.
  return undefined;
}
