import { crc32, createInflateRaw } from "node:zlib";
import type { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import type { Warn } from "./decompress.ts";
import { isGzip, readUint } from "./magic_numbers.ts";
import { PullDecoder, type ZlibDecoder } from "./pull_decoder.ts";

const DEFLATE = 8;
const FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, RESERVED = 0xE0;

/**
 * Decompresses gzip data, member after member.
 *
 * What follows the last member and is none is told and left out, as gzip itself does.
 *
 * @see RFC 1952, section 2.3
 * @param reader Where the first member begins.
 * @param warn Takes the remark about what follows the last member.
 * @returns The decompressed bytes; those of a member before its checksum was compared.
 * @throws {SyntaxError} If a member is corrupt or ends too early.
 */
export async function* gunzip(
  reader: ByteReader,
  warn: Warn,
): AsyncGenerator<Bytes> {
  do {
    await skipHeader(reader);
    yield* readMember(reader);
  } while (await hasAnotherMember(reader, warn));
}

async function* readMember(reader: ByteReader): AsyncGenerator<Bytes> {
  // The types of Node's streams lack an option that they take, and the count of bytes.
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

async function hasAnotherMember(reader: ByteReader, warn: Warn): Promise<boolean> {
  const start = await reader.peek(2);
  if (start.length === 0) return false;
  if (isGzip(start)) return true;
  const isPadding = await hasOnlyZeros(reader);
  warn(`ignored ${isPadding ? "zero padding" : "trailing garbage"} after the compressed data`);
  return false;
}

async function hasOnlyZeros(reader: ByteReader): Promise<boolean> {
  for (let chunk; (chunk = await reader.next()) !== undefined;) {
    if (chunk.some((byte) => byte !== 0)) return false;
  }
  return true;
}
