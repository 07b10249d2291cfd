/**
 * Says something on stderr. That nobody can read it, as on a full disk, is no reason to fail.
 *
 * @param line What there is to say, on one line.
 */
export function say(line: string): void {
  try {
    console.error(line);
  } catch (error) {
    // Deno throws what the system answered.
    if (!(error instanceof Error)) throw error;
  }
}
