import { createZstdDecompress } from "node:zlib";
import type { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import { isZstdSkippable, readUint } from "./magic_numbers.ts";
import { PullDecoder, type ZlibDecoder } from "./pull_decoder.ts";

const MAGIC_BYTES = 4;

/**
 * Decompresses one frame of Zstandard data; a skippable frame has no content.
 *
 * The built-in decoder does not report where a frame ends. So the end is found here, by the sizes of the
 * blocks in the frame.
 *
 * @see RFC 8878, section 3.1
 * @param reader Stands at the start of the frame; afterwards it stands behind the end of the frame.
 * @returns The decompressed bytes.
 * @throws {SyntaxError} If the frame is corrupt or ends too early.
 */
export async function* readFrame(reader: ByteReader): AsyncGenerator<Bytes> {
  if (isZstdSkippable(await reader.peek(MAGIC_BYTES))) {
    const header = await reader.takeAll(8);
    for await (const _ of take(reader, readUint(header.subarray(4))));
    return;
  }
  // The types of Node's streams lack the option `highWaterMark` and the property `bytesWritten`.
  const options = { highWaterMark: 1 } as object;
  const decoder = new PullDecoder(createZstdDecompress(options) as ZlibDecoder);
  try {
    for await (const part of partsOfFrame(reader)) yield* decoder.feed(part);
  } finally {
    decoder.close();
  }
}

/** Yields the bytes of one frame in pieces: header, blocks, and a checksum if there is one. */
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
