import type { Bytes } from "../../lines/bytes.ts";
import { identityOf } from "./inputs.ts";

/**
 * What a file was like when it was cut into ranges. Who opens a range later sees by it whether the file was
 * replaced or cut meanwhile, as when logs are rotated.
 */
export interface FileMark {
  /** Tells the file from others. */
  readonly identity: string | undefined;
  /** Its size in bytes: it may have grown. */
  readonly size: number;
  /** Where {@linkcode FileMark.bytes} stand. */
  readonly at: number;
  /** Some of its bytes, from both sides of where the range begins. */
  readonly bytes: Bytes;
}

const MARK_BYTES = 64;

/** Notes what a file is like where a range of it begins. */
export function markFile(file: Deno.FsFile, start: number): FileMark {
  const at = Math.max(0, start - MARK_BYTES / 2);
  const info = file.statSync();
  return { identity: identityOf(info), size: info.size, at, bytes: readAt(file, at) };
}

/** Tells whether a range of a file is still what it was when the mark was made. */
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
