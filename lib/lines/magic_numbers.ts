/** An encoding of data other than lines of UTF-8. */
export type Encoding = "gzip" | "zstd" | "utf-16le" | "utf-16be" | ForeignFormat;

/** A format that is recognised but not read. */
export interface ForeignFormat {
  /** The name of the format. */
  readonly name: string;
  /** The command that prints the content of a file of the format; the file's name follows it. */
  readonly fileCommand: string;
  /** The command that does the same for stdin, if there is one. */
  readonly pipeCommand?: string;
}

/** How many bytes from the start are enough to recognise any encoding. */
export const LOOK_BYTES = 262;

const NUL = 0;

// The magic numbers of RFC 1952 (gzip), of RFC 8878 (Zstandard) and of the other formats' descriptions, and the
// byte order marks of Unicode. Where two begin alike, the longer one comes first.
const ENCODINGS: readonly (readonly [encoding: Encoding, at: number, magic: readonly number[]])[] =
  [
    ["gzip", 0, [0x1F, 0x8B]],
    ["zstd", 0, [0x28, 0xB5, 0x2F, 0xFD]],
    // The last half-byte of the magic number of a skippable frame is free.
    ...Array.from({ length: 16 }, (_, i) => ["zstd", 0, [0x50 + i, 0x2A, 0x4D, 0x18]] as const),
    [tool("xz", "xz -dc"), 0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, NUL]],
    ...Array.from("123456789", (level) =>
      [tool("bzip2", "bzip2 -dc"), 0, [
        ...bytesOf(`BZh${level}`),
        ...[0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
      ]] as const),
    [tool("lz4", "lz4 -dc"), 0, [0x04, 0x22, 0x4D, 0x18]],
    [tool("lz4", "lz4 -dc"), 0, [0x02, 0x21, 0x4C, 0x18]],
    [tool("compress", "zcat"), 0, [0x1F, 0x9D]],
    [{ name: "zip", fileCommand: "unzip -p" }, 0, [...bytesOf("PK"), 3, 4]],
    [{ name: "zip", fileCommand: "unzip -p" }, 0, [...bytesOf("PK"), 5, 6]],
    [{ name: "7z", fileCommand: "7z x -so" }, 0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]],
    [{ name: "tar", fileCommand: "tar -xOf", pipeCommand: "tar -xOf -" }, 257, bytesOf("ustar")],
    [tool("UTF-32", "iconv -f UTF-32 -t UTF-8"), 0, [0xFF, 0xFE, NUL, NUL]],
    [tool("UTF-32", "iconv -f UTF-32 -t UTF-8"), 0, [NUL, NUL, 0xFE, 0xFF]],
    ["utf-16le", 0, [0xFF, 0xFE]],
    ["utf-16be", 0, [0xFE, 0xFF]],
  ];

/**
 * Recognises the encoding of data by its first bytes.
 *
 * @param start The first {@linkcode LOOK_BYTES} bytes of the data, or its whole first line.
 * @returns The encoding; `undefined` for lines of UTF-8, and for any encoding that is not known.
 *
 * @example Two beginnings
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { recognize } from "./magic_numbers.ts";
 *
 * assertEquals(recognize(Uint8Array.of(0x1F, 0x8B, 8, 0)), "gzip");
 * assertEquals(recognize(new TextEncoder().encode('{"method":"GET"')), undefined);
 * ```
 */
export function recognize(start: Uint8Array): Encoding | undefined {
  return ENCODINGS.find(([, at, magic]) => magic.every((byte, i) => start[at + i] === byte))?.[0];
}

/** Returns whether `start`, which is all data that is left, may be a truncated magic number of gzip or zstd. */
export function isCutMagic(start: Uint8Array): boolean {
  return ENCODINGS.some(([encoding, , magic]) =>
    (encoding === "gzip" || encoding === "zstd") && start.length < magic.length &&
    start.every((byte, i) => byte === magic[i])
  );
}

/** Returns whether data begins with a skippable frame of Zstandard, which has no content (RFC 8878, 3.1.2). */
export function isZstdSkippable(start: Uint8Array): boolean {
  return recognize(start) === "zstd" && start[0]! >> 4 === 5;
}

/**
 * Reads an unsigned integer in little-endian order.
 *
 * @param bytes Up to six bytes.
 */
export function readUint(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => sum + byte * 256 ** i, 0);
}

function tool(name: string, command: string): ForeignFormat {
  return { name, fileCommand: command, pipeCommand: command };
}

function bytesOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
