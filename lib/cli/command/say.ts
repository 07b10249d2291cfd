/**
 * Prints a line on stderr. If it cannot be written, as on a full disk, it is dropped without an error.
 *
 * @param line The line, without its terminator.
 */
export function say(line: string): void {
  try {
    console.error(line);
  } catch (error) {
    // Deno throws the system's error.
    if (!(error instanceof Error)) throw error;
  }
}
