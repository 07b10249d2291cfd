import { createZstdDecompress } from "node:zlib";
import type { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import type { Warn } from "./decompress.ts";
import { isZstdFrame, isZstdSkippable, MAGIC_BYTES, readUint } from "./magic_numbers.ts";
import { PullDecoder, type ZlibDecoder } from "./pull_decoder.ts";

/**
 * Decompresses Zstandard data, frame after frame.
 *
 * The built-in decoder does not tell where a frame ends, so the frames are told apart here, by the
 * sizes that they carry.
 *
 * @see RFC 8878, section 3.1
 * @param reader Where the first frame begins.
 * @param warn Takes the remark about what follows the last frame and is none.
 * @returns The decompressed bytes.
 * @throws {SyntaxError} If a frame is corrupt or ends too early.
 */
export async function* unzstd(reader: ByteReader, warn: Warn): AsyncGenerator<Bytes> {
  for (;;) {
    const start = await reader.peek(MAGIC_BYTES);
    if (start.length === 0) return;
    if (isZstdFrame(start)) {
      yield* readFrame(reader);
    } else if (isZstdSkippable(start)) {
      const header = await reader.takeAll(8);
      for await (const _ of take(reader, readUint(header.subarray(4))));
    } else {
      if (isCutMagic(start)) await reader.takeAll(MAGIC_BYTES);
      warn("ignored trailing garbage after the compressed data");
      return;
    }
  }
}

async function* readFrame(reader: ByteReader): AsyncGenerator<Bytes> {
  // The types of Node's streams lack an option that they take, and the count of bytes.
  const options = { highWaterMark: 1 } as object;
  const decoder = new PullDecoder(createZstdDecompress(options) as ZlibDecoder);
  try {
    for await (const part of partsOfFrame(reader)) yield* decoder.feed(part);
  } finally {
    decoder.close();
  }
}

/** The bytes of one frame: header, blocks, and a checksum if there is one. */
async function* partsOfFrame(reader: ByteReader): AsyncGenerator<Bytes> {
  const [descriptor] = (await reader.peek(5)).subarray(4);
  if (descriptor === undefined) await reader.takeAll(5);
  const isSingleSegment = (descriptor! >> 5 & 1) === 1;
  const contentSizeFlag = descriptor! >> 6;
  const contentSizeBytes = contentSizeFlag === 0 ? Number(isSingleSegment) : 1 << contentSizeFlag;
  const dictionaryIdBytes = [0, 1, 2, 4][descriptor! & 3]!;
  yield reader.takeAll(5 + Number(!isSingleSegment) + dictionaryIdBytes + contentSizeBytes);

  for (let isLast = false; !isLast;) {
    const header = await reader.takeAll(3);
    yield header;
    const bits = readUint(header);
    isLast = (bits & 1) === 1;
    const isRunLength = (bits >> 1 & 3) === 1;
    yield* take(reader, isRunLength ? 1 : bits >> 3);
  }
  if ((descriptor! >> 2 & 1) === 1) yield reader.takeAll(4);
}

async function* take(reader: ByteReader, count: number): AsyncGenerator<Bytes> {
  for (let left = count; left > 0;) {
    const chunk = await reader.nextOfMore();
    yield chunk.subarray(0, left);
    if (chunk.length > left) reader.unread(chunk.subarray(left));
    left -= chunk.length;
  }
}

/** Tells whether it is too short for a magic number, but the beginning of one. */
function isCutMagic(start: Uint8Array): boolean {
  const [first = 0, ...others] = start;
  return others.length < MAGIC_BYTES - 1 &&
    (isBeginning(start, [0x28, 0xB5, 0x2F]) ||
      first >> 4 === 5 && isBeginning(Uint8Array.from(others), [0x2A, 0x4D]));
}

function isBeginning(start: Uint8Array, whole: readonly number[]): boolean {
  return start.every((byte, i) => byte === whole[i]);
}
