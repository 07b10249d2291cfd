/**
 * Says what the system refused, in words.
 *
 * @param error What was thrown when it was asked.
 * @returns The end of a message, `Cannot read access.log: …`.
 * @throws The error itself if it is not the system's: that should not have happened.
 */
export function describeSystemError(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.IsADirectory) return "it is a directory, not a file";
  if (error instanceof Deno.errors.PermissionDenied) return "permission is denied";
  // Disk full and the like come as plain errors with the system's code.
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.message;
  }
  throw error;
}
