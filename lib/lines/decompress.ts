import { ByteReader } from "./byte_reader.ts";
import type { Bytes } from "./bytes.ts";
import { type ForeignFormat, isCutMagic, LOOK_BYTES, recognize } from "./magic_numbers.ts";

/** Is called with a remark about an input that was read all the same. */
export type Warn = (remark: string) => void;

type Compression = "gzip" | "zstd";

/**
 * Turns a stream into lines of UTF-8: members of gzip data and frames of Zstandard data are decompressed,
 * UTF-16 with a byte order mark is transcoded, and all else is passed through.
 *
 * A member or a frame may be followed by another one, by zero padding, which is left out, or by text up to the
 * end. Memory does not depend on how much the data expands. What was decompressed before a fault is yielded
 * before the error is thrown.
 *
 * @param bytes The stream; a chunk is not read any more once the next was asked for.
 * @param warn Is called with a remark if zero padding was left out.
 * @returns The bytes; a chunk is valid until the next is asked for.
 * @throws {SyntaxError} If the data is corrupt or ends too early, if it is an archive or compressed in a
 * way that is not read here, or if a member is followed by neither compressed data nor text.
 *
 * @example A compressed log and a plain one, one after the other
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { decompress } from "./decompress.ts";
 *
 * const gzip = (text: string) =>
 *   new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).blob();
 * const both = new Blob([await gzip("one\n"), "two\n"]);
 *
 * let text = "";
 * for await (const chunk of decompress(both.stream(), console.warn)) {
 *   text += new TextDecoder().decode(chunk);
 * }
 * assertEquals(text, "one\ntwo\n");
 * ```
 */
export async function* decompress(
  bytes: AsyncIterable<Bytes>,
  warn: Warn,
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(bytes);
  try {
    for (let isFirst = true;; isFirst = false) {
      const start = await reader.peekLine(LOOK_BYTES);
      const encoding = recognize(start);
      if (encoding === "gzip" || encoding === "zstd") {
        yield* readText(new ByteReader(decoded(reader, encoding)), encoding);
      } else if (isFirst || start.length === 0 || encoding !== undefined) {
        return yield* readText(reader);
      } else if (isCutMagic(start)) {
        throw new SyntaxError("the compressed data ends too early");
      } else if (start[0] === 0) {
        warn(`ignored zero padding of ${await skipZeros(reader)} bytes after the compressed data`);
      } else if (isText(start)) {
        return yield* readText(reader);
      } else {
        throw await unreadable(reader);
      }
    }
  } finally {
    await reader.cancel();
  }
}

/** Decodes the next member or frame. Its decoder is loaded only now: it would double the time to start. */
async function* decoded(reader: ByteReader, compression: Compression): AsyncGenerator<Bytes> {
  if (compression === "gzip") yield* (await import("./gunzip.ts")).readMember(reader);
  else yield* (await import("./unzstd.ts")).readFrame(reader);
}

/** Reads text to its end: data that is not compressed, or the content of a member or frame of `compression`. */
async function* readText(reader: ByteReader, compression?: Compression): AsyncGenerator<Bytes> {
  const encoding = recognize(await reader.peekLine(LOOK_BYTES));
  if (encoding === "utf-16le" || encoding === "utf-16be") {
    yield* transcode(reader, encoding);
  } else if (encoding !== undefined) {
    throw new SyntaxError(howToRead(encoding, compression));
  } else {
    for (let chunk; (chunk = await reader.next()) !== undefined;) yield chunk;
  }
}

async function* transcode(reader: ByteReader, encoding: string): AsyncGenerator<Bytes> {
  // The decoder drops the byte order mark.
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for (let chunk; (chunk = await reader.next()) !== undefined;) {
    yield encoder.encode(decoder.decode(chunk, { stream: true }));
  }
  yield encoder.encode(decoder.decode());
}

const TOOLS = { gzip: "zcat", zstd: "zstd -dc" };

/** Returns a message on data that is not read here: what it is, and the command that helps. */
function howToRead(
  encoding: Compression | ForeignFormat,
  compression: Compression | undefined,
): string {
  const format = typeof encoding === "object"
    ? encoding
    : { name: encoding, fileCommand: TOOLS[encoding], pipeCommand: TOOLS[encoding] };
  const { name, fileCommand, pipeCommand } = format;
  if (compression === undefined) return `it is ${name} data, use ${fileCommand} FILE | analyzer`;
  const unpack = `${TOOLS[compression]} FILE`;
  const command = pipeCommand === undefined
    ? `${unpack} > inner.${name}; ${fileCommand} inner.${name}`
    : `${unpack} | ${pipeCommand}`;
  return `there is ${name} data in the ${compression} data, use ${command} | analyzer`;
}

/** Returns whether a line is text: its only control characters are those that logs have. */
function isText(line: Uint8Array): boolean {
  return line.every((byte) => byte >= 0x20 || IN_TEXT.has(byte));
}

/** Tab, LF, CR and ESC. */
const IN_TEXT: ReadonlySet<number> = new Set([0x09, 0x0A, 0x0D, 0x1B]);

async function skipZeros(reader: ByteReader): Promise<number> {
  let count = 0;
  for (let chunk; (chunk = await reader.next()) !== undefined;) {
    const end = chunk.findIndex((byte) => byte !== 0);
    count += end === -1 ? chunk.length : end;
    if (end === -1) continue;
    reader.unread(chunk.subarray(end));
    break;
  }
  return count;
}

async function unreadable(reader: ByteReader): Promise<SyntaxError> {
  let count = 0;
  for (let chunk; (chunk = await reader.next()) !== undefined;) count += chunk.length;
  return new SyntaxError(
    `the last ${count} bytes, after the compressed data, are neither compressed data nor text`,
  );
}
