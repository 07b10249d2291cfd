const GZIP = [0x1F, 0x8B];
const ZSTD_FRAME = 0xFD2FB528;
// The last half-byte of the magic number of a skippable frame is free.
const ZSTD_SKIPPABLE = 0x184D2A50;

/** How many bytes tell what data is. */
export const MAGIC_BYTES = 4;

/** Tells whether a member of gzip data begins so (RFC 1952, section 2.3.1); one byte will do. */
export function isGzip(start: Uint8Array): boolean {
  return start.length > 0 && GZIP.every((byte, i) => (start[i] ?? byte) === byte);
}

/** Tells whether a frame of Zstandard data begins so (RFC 8878, section 3.1.1). */
export function isZstdFrame(start: Uint8Array): boolean {
  return start.length >= MAGIC_BYTES && readUint(start.subarray(0, MAGIC_BYTES)) === ZSTD_FRAME;
}

/** Tells whether a skippable frame of Zstandard data begins so (RFC 8878, section 3.1.2). */
export function isZstdSkippable(start: Uint8Array): boolean {
  const magic = readUint(start.subarray(0, MAGIC_BYTES));
  return start.length >= MAGIC_BYTES && magic - magic % 16 === ZSTD_SKIPPABLE;
}

/** Tells whether compressed data begins so, of a kind that is decompressed. */
export function isCompressed(start: Uint8Array): boolean {
  return start.length > 1 && isGzip(start) || isZstdFrame(start) || isZstdSkippable(start);
}

/**
 * Reads an unsigned integer, its lowest byte first.
 *
 * @param bytes Up to six bytes.
 */
export function readUint(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, i) => sum + byte * 256 ** i, 0);
}
