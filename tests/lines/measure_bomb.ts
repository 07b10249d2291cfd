/**
 * Decompresses 200 MB of zeros in a process of its own, where nothing else takes memory, and prints as JSON
 * how much came out, the largest piece, and by how much the process grew, in bytes.
 *
 * @module
 */

import { gzipSync, zstdCompressSync } from "node:zlib";
import { decompress } from "../../lib/lines/decompress.ts";
import { cutInto } from "../support/analyze_bytes.ts";

const compress = Deno.args[0] === "gzip" ? gzipSync : zstdCompressSync;
const bomb = new Uint8Array(compress(new Uint8Array(200_000_000)));
const before = Deno.memoryUsage().rss;
let [size, largest, peak] = [0, 0, 0];
const chunks = ReadableStream.from(cutInto(bomb, 65_536));
for await (const piece of decompress(chunks, () => {})) {
  size += piece.length;
  largest = Math.max(largest, piece.length);
  peak = Math.max(peak, Deno.memoryUsage().rss);
}
console.log(JSON.stringify({ size, largest, growth: peak - before }));
