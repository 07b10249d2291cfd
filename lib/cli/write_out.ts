/**
 * Writes a text to stdout, all of it.
 *
 * @param text The text.
 * @throws {Deno.errors.BrokenPipe} If the reader has gone.
 */
export async function writeOut(text: string): Promise<void> {
  const writer = Deno.stdout.writable.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
  } finally {
    writer.releaseLock();
  }
}
