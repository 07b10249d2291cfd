import type { Bytes } from "../../lines/bytes.ts";
import { identityOf } from "./inputs.ts";

/**
 * A mark of a file, made when it is cut into ranges. Whoever opens a range later compares the mark with the
 * file: it may have been replaced or truncated meanwhile, as when logs are rotated.
 */
export interface FileMark {
  /** The file's device and inode; `undefined` where the system has none. */
  readonly identity: string | undefined;
  /** The file's size in bytes; it may grow later. */
  readonly size: number;
  /** The offset of {@linkcode FileMark.bytes} in the file. */
  readonly at: number;
  /** Up to 64 bytes of the file, from both sides of the start of the range. */
  readonly bytes: Bytes;
}

const MARK_BYTES = 64;

/** Makes the mark of a file for a range that begins at byte `start`. */
export function markFile(file: Deno.FsFile, start: number): FileMark {
  const at = Math.max(0, start - MARK_BYTES / 2);
  const info = file.statSync();
  return { identity: identityOf(info), size: info.size, at, bytes: readAt(file, at) };
}

/**
 * Returns whether a file still has its mark: it is the same file, is no smaller, and has the same bytes around
 * the start of the range.
 */
export function hasMark(file: Deno.FsFile, { identity, size, at, bytes }: FileMark): boolean {
  const info = file.statSync();
  if (identityOf(info) !== identity || info.size < size) return false;
  const found = readAt(file, at);
  return bytes.every((byte, i) => byte === found[i]);
}

function readAt(file: Deno.FsFile, at: number): Bytes {
  const bytes = new Uint8Array(MARK_BYTES);
  file.seekSync(at, Deno.SeekMode.Start);
  return bytes.slice(0, file.readSync(bytes) ?? 0);
}
