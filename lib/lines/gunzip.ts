import { crc32, createInflateRaw } from "node:zlib";
import type { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import { readUint } from "./magic_numbers.ts";
import { PullDecoder, type ZlibDecoder } from "./pull_decoder.ts";

const DEFLATE = 8;
const FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, RESERVED = 0xE0;

/**
 * Decompresses one member of gzip data.
 *
 * @see RFC 1952, section 2.3
 * @param reader Stands at the start of the member; afterwards it stands behind the end of the member.
 * @returns The decompressed bytes; they are yielded before the checksum is compared.
 * @throws {SyntaxError} If the member is corrupt or ends too early.
 */
export async function* readMember(reader: ByteReader): AsyncGenerator<Bytes> {
  await skipHeader(reader);
  // The types of Node's streams lack the option `highWaterMark` and the property `bytesWritten`.
  const decoder = new PullDecoder(createInflateRaw({ highWaterMark: 1 } as object) as ZlibDecoder);
  let checksum = 0;
  let size = 0;
  try {
    while (decoder.unused === 0) {
      const chunk = await reader.nextOfMore();
      for await (const data of decoder.feed(chunk)) {
        checksum = crc32(data, checksum);
        size = (size + data.length) % 2 ** 32;
        yield data;
      }
      reader.unread(chunk.subarray(chunk.length - decoder.unused));
    }
  } finally {
    decoder.close();
  }
  const trailer = await reader.takeAll(8);
  if (readUint(trailer.subarray(0, 4)) !== checksum || readUint(trailer.subarray(4)) !== size) {
    throw new SyntaxError("the compressed data is corrupt: its checksum does not fit");
  }
}

async function skipHeader(reader: ByteReader): Promise<void> {
  const header = await reader.takeAll(10);
  const flags = header[3]!;
  if (header[2] !== DEFLATE || (flags & RESERVED) !== 0) {
    throw new SyntaxError("the compressed data is corrupt: its header is none of gzip's");
  }
  if (flags & FEXTRA) {
    const [low, high] = await reader.takeAll(2) as Uint8Array & [number, number];
    await reader.takeAll(low + 256 * high);
  }
  if (flags & FNAME) await skipText(reader);
  if (flags & FCOMMENT) await skipText(reader);
  if (flags & FHCRC) await reader.takeAll(2);
}

async function skipText(reader: ByteReader): Promise<void> {
  while ((await reader.takeAll(1))[0] !== 0);
}
