import { printable } from "../../report/printable.ts";

/**
 * Says what the system refused, in words.
 *
 * @param error What was thrown when it was asked.
 * @returns The end of a message on one line, `Cannot read access.log: …`.
 * @throws The error itself if it is not the system's: that should not have happened.
 */
export function describeSystemError(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory, not a file";
  if (error instanceof Deno.errors.PermissionDenied) return "permission is denied";
  if (!isSystemError(error)) throw error;
  // What follows the number is the call and the path, which the message names.
  const [, words] = /^(.*?\(os error \d+\))/s.exec(error.message) ?? [];
  return printable(words ?? error.message);
}

/** Many come as plain errors: some with the system's code, all others with its number in the text. */
function isSystemError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return "code" in error && typeof error.code === "string" ||
    /\(os error \d+\)/.test(error.message) ||
    Object.values(Deno.errors).some((errorClass) => error instanceof errorClass);
}

/**
 * Says which permission Deno asks for.
 *
 * @param error What was thrown.
 * @param flag The flag that gives the permission, for most paths.
 * @returns For example `run with -R`; `undefined` if the error is another.
 */
export function describeMissingPermission(error: unknown, flag: string): string | undefined {
  if (!(error instanceof Deno.errors.NotCapable)) return undefined;
  // Devices and the like, which could be used to get around all permissions.
  return error.message.includes("--allow-all") ? "run with -A" : `run with ${flag}`;
}
