import { printable } from "../../report/printable.ts";

/**
 * Describes an error of the operating system in words.
 *
 * @param error What a call of the system threw.
 * @returns The end of a message on one line, `Cannot read access.log: …`.
 * @throws The error itself if it is not the system's, but a fault of the program.
 */
export function describeSystemError(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory, not a file";
  if (error instanceof Deno.errors.PermissionDenied) return "permission is denied";
  if (!isSystemError(error)) throw error;
  // Behind the number are the call and the path, which the message names already.
  const [, words] = /^(.*?\(os error \d+\))/s.exec(error.message) ?? [];
  return printable(words ?? error.message);
}

/** Many of them are plain errors: some have the system's code, all others its number in the message. */
function isSystemError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return "code" in error && typeof error.code === "string" ||
    /\(os error \d+\)/.test(error.message) ||
    Object.values(Deno.errors).some((errorClass) => error instanceof errorClass);
}

/**
 * Describes which permission of Deno is missing.
 *
 * @param error What was thrown.
 * @param flag The flag that gives the permission for an ordinary path.
 * @returns For example `run with -R`; `undefined` if the error is not about a permission.
 */
export function describeMissingPermission(error: unknown, flag: string): string | undefined {
  if (!(error instanceof Deno.errors.NotCapable)) return undefined;
  // Deno asks for all permissions for devices and the like, which could circumvent them.
  return error.message.includes("--allow-all") ? "run with -A" : `run with ${flag}`;
}
