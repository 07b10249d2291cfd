import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import { deflateRawSync, gzipSync, zstdCompressSync } from "node:zlib";
import { decompress } from "../../lib/lines/decompress.ts";
import { cutInto } from "../support/analyze_bytes.ts";
import { PROJECT } from "../support/run_script.ts";

type Bytes = Uint8Array<ArrayBuffer>;

interface Result {
  readonly size: number;
  readonly text: string;
  readonly failure: string | undefined;
  readonly warnings: readonly string[];
}

async function* lend(chunks: Iterable<Bytes>): AsyncGenerator<Bytes> {
  for (const chunk of chunks) {
    yield await Promise.resolve(chunk);
    chunk.fill(0x21);
  }
}

async function read(bytes: Bytes, size: number): Promise<Result> {
  const pieces: Bytes[] = [];
  const warnings: string[] = [];
  let failure: string | undefined;
  try {
    for await (const piece of decompress(lend(cutInto(bytes, size)), (w) => warnings.push(w))) {
      pieces.push(piece.slice());
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    failure = error.message;
  }
  const text = await new Blob(pieces).text();
  return { size: pieces.reduce((sum, { length }) => sum + length, 0), text, failure, warnings };
}

function join(...parts: readonly (Uint8Array | string)[]): Bytes {
  return new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
}

const LOG = Array.from({ length: 9000 }, (_, i) => `line ${i} ${i * 7919 % 100_003}\n`).join("");
const FORMATS = { gzip: gzipSync, zstd: zstdCompressSync };
const SIZES = [1, 2, 7, 1000, 1 << 20];

for (const [format, compress] of Object.entries(FORMATS)) {
  const whole = join(compress(LOG));
  const small = join(compress("small\n"));

  Deno.test(`decompress() reads ${format}, members one after the other, at every chunk size`, async () => {
    for (const size of SIZES) {
      const result = await read(join(small, whole, compress(""), small), size);
      assertEquals(result.text, `small\n${LOG}small\n`);
      assertEquals([result.failure, result.warnings], [undefined, []]);
    }
  });

  Deno.test(`decompress() always tells that ${format} data ends too early`, async () => {
    const data = join(small, small);
    for (let end = small.length + 1; end < data.length; end++) {
      for (const size of [1, 3, 1000]) {
        const result = await read(data.slice(0, end), size);
        assertEquals(result.failure, "the compressed data ends too early", `${end} bytes`);
        assertEquals(result.text.slice(0, 6), "small\n");
      }
    }
  });

  Deno.test(`decompress() gives all that came before a fault in ${format} data`, async () => {
    const corrupt = whole.slice();
    corrupt.fill(0x5A, corrupt.length / 2, corrupt.length / 2 + 40);
    for (const faulty of [corrupt, whole.slice(0, -100)]) {
      for (const size of [7, 1000, 1 << 20]) {
        const { text, failure } = await read(join(whole, small, faulty), size);
        assert(text.startsWith(`${LOG}small\n`));
        assert(failure !== undefined);
      }
    }
  });

  Deno.test(`decompress() looks anew at what follows ${format} data`, async () => {
    const zeros = new Uint8Array(70_000);
    const utf16 = join(Uint8Array.of(0xFF, 0xFE), Buffer.from("é\n", "utf16le"));
    const cases: readonly (readonly [tail: Bytes, text: string, warnings: number])[] = [
      [join("text\n"), "text\n", 0],
      [join("no line end"), "no line end", 0],
      [join("\uFEFFtext\n"), "\uFEFFtext\n", 0],
      [join("x\t\x1b[31m\r\n\0\0"), "x\t\x1b[31m\r\n\0\0", 0],
      [zeros, "", 1],
      [join(zeros, small), "small\n", 1],
      [join(zeros, small, zeros, "text\n"), "small\ntext\n", 2],
      [join(gzipSync("g\n"), zstdCompressSync("z\n"), gzipSync("g\n")), "g\nz\ng\n", 0],
      [utf16, "é\n", 0],
      [join(compress(utf16), "text"), "é\ntext", 0],
    ];
    for (const [tail, text, warnings] of cases) {
      for (const size of SIZES) {
        const result = await read(join(small, tail), size);
        assertEquals([result.text, result.failure], [`small\n${text}`, undefined]);
        assertEquals(result.warnings.length, warnings);
        assert(result.warnings.every((warning) => warning.startsWith("ignored zero padding of ")));
      }
    }
  });

  Deno.test(`decompress() tells how much follows ${format} data and cannot be read`, async () => {
    for (const tail of ["g\0\0\0", "\x7fELF\x02\x01", "\x01".repeat(70_000)]) {
      for (const size of [1, 1000, 1 << 20]) {
        const result = await read(join(small, tail), size);
        assertEquals(result.text, "small\n");
        assert(result.failure?.startsWith(`the last ${tail.length} bytes, after`), result.failure);
      }
    }
  });

  Deno.test(`decompress() needs no memory for a bomb of ${format} data`, async () => {
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "tests/lines/measure_bomb.ts", format],
      cwd: PROJECT,
    }).output();
    const { size, largest, growth } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(size, 200_000_000);
    assert(largest <= 1 << 17, `a piece of ${largest} bytes`);
    assert(growth < 100_000_000, `${growth} bytes more`);
  });
}

Deno.test("decompress() loses nothing that gzip gives where data ends too early", async () => {
  const whole = join(gzipSync(LOG));
  for (const cut of [1, 10, 500, 5000]) {
    const expected = await gunzip(whole.slice(0, -cut));
    for (const size of [7, 1000, 1 << 20]) {
      assertEquals((await read(whole.slice(0, -cut), size)).text, expected, `${cut} bytes less`);
    }
  }
});

Deno.test("decompress() loses at most 16 KiB of what gzip gives where data is corrupt", async () => {
  const whole = join(gzipSync(LOG));
  // Within its first 32 KiB gzip follows references to before the beginning, which are rejected here.
  for (const where of [0.4, 0.5, 0.9]) {
    const corrupt = whole.slice();
    const start = Math.floor(corrupt.length * where);
    for (let i = start; i < start + 40; i++) corrupt[i]! ^= 0x5A;
    const expected = await gunzip(corrupt);
    for (const size of [7, 1000, 1 << 20]) {
      const { text, failure } = await read(corrupt, size);
      assert(failure?.includes("corrupt"), failure);
      assert(text.length >= expected.length - 16_384, `${text.length} of ${expected.length} bytes`);
      const common = Math.min(text.length, expected.length);
      assertEquals(text.slice(0, common), expected.slice(0, common));
    }
  }
});

/** What `gzip -dc` prints. */
async function gunzip(data: Bytes): Promise<string> {
  const child = new Deno.Command("gzip", {
    args: ["-dc"],
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const fed = writer.write(data).then(() => writer.close()).catch(() => {});
  const { stdout } = await child.output();
  await fed;
  return new TextDecoder().decode(stdout);
}

Deno.test("decompress() reads every field that a gzip header may have", async () => {
  const raw = deflateRawSync("text\n");
  const plain = gzipSync("text\n");
  const trailer = plain.subarray(-8);
  const header = (flags: number) => Uint8Array.of(0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3);
  const extra = Uint8Array.of(3, 0, 0x61, 0x62, 0x63);
  const cases = [
    join(header(0), raw, trailer),
    join(header(1), raw, trailer),
    join(header(2), "cc", raw, trailer),
    join(header(4), extra, raw, trailer),
    join(header(8), "name\0", raw, trailer),
    join(header(16), "a comment\0", raw, trailer),
    join(header(30), extra, "name\0", "\0", "cc", raw, trailer),
  ];
  for (const data of cases) {
    for (const size of [1, 1000]) {
      const { text, failure } = await read(join(data, data), size);
      assertEquals([text, failure], ["text\ntext\n", undefined]);
    }
  }
});

Deno.test("decompress() rejects gzip headers of no known kind, and wrong checksums", async () => {
  const good = join(gzipSync("text\n"));
  for (const [place, value] of [[2, 7], [3, 0x20], [good.length - 8, 0], [good.length - 4, 9]]) {
    const bad = good.slice();
    assert(bad[place!] !== value);
    bad[place!] = value!;
    assert((await read(bad, 1000)).failure?.includes("corrupt"));
  }
});

Deno.test("decompress() skips frames of Zstandard data that hold none of its text", async () => {
  const skippable = (size: number) =>
    join(Uint8Array.of(0x5A, 0x2A, 0x4D, 0x18, size, 0, 0, 0), new Uint8Array(size));
  const data = join(
    skippable(5),
    zstdCompressSync("one\n"),
    skippable(0),
    zstdCompressSync("two\n"),
  );
  for (const size of [1, 1000]) {
    assertEquals((await read(data, size)).text, "one\ntwo\n");
    const { failure } = await read(skippable(9).slice(0, -1), size);
    assertEquals(failure, "the compressed data ends too early");
  }
});

Deno.test("decompress() passes on what is not compressed", async () => {
  for (const text of ["", "x", "\x1f", "\x1f\x8a", "(\xb5/", "plain\n"]) {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    for (const size of [1, 1000]) {
      const result = await read(bytes, size);
      assertEquals([result.size, result.failure, result.warnings], [bytes.length, undefined, []]);
    }
  }
});

/** Beginnings of what is not read, and the command that helps. */
const FOREIGN: readonly (readonly [name: string, start: Bytes, outside: string, inside: string])[] =
  [
    ["xz", join(Uint8Array.of(0xFD), "7zXZ\0"), "xz -dc FILE", "zcat FILE | xz -dc"],
    ["bzip2", join("BZh91AY&SY"), "bzip2 -dc FILE", "zcat FILE | bzip2 -dc"],
    ["lz4", Uint8Array.of(4, 0x22, 0x4D, 0x18), "lz4 -dc FILE", "zcat FILE | lz4 -dc"],
    ["zip", join("PK\x03\x04"), "unzip -p FILE", "zcat FILE > inner.zip; unzip -p inner.zip"],
    ["tar", join("a.log".padEnd(257, "\0"), "ustar\0"), "tar -xOf FILE", "zcat FILE | tar -xOf -"],
  ];

Deno.test("decompress() names archives and other compressed data, and the command that helps", async () => {
  for (const [name, start, outside, inside] of FOREIGN) {
    for (const size of [1, 1000]) {
      const rest = new Uint8Array(1000).fill(0x42);
      const plain = await read(join(start, rest), size);
      assertEquals([plain.text, plain.failure], [
        "",
        `it is ${name} data, use ${outside} | analyzer`,
      ]);
      const packed = await read(join(gzipSync(join(start, rest))), size);
      assertEquals([packed.text, packed.failure], [
        "",
        `there is ${name} data in the gzip data, use ${inside} | analyzer`,
      ]);
      const behind = await read(join(gzipSync("one\n"), start, rest), size);
      assertEquals([behind.text, behind.failure], ["one\n", plain.failure]);
    }
  }
  const twice = await read(join(gzipSync(gzipSync("one\n"))), 1000);
  assertEquals(
    twice.failure,
    "there is gzip data in the gzip data, use zcat FILE | zcat | analyzer",
  );
});

Deno.test("decompress() reads UTF-16 with a byte order mark, cut anywhere", async () => {
  const text = "one\nU+0A0A: \u0A0A\n\u{1F600}\nlast";
  const little = Buffer.from(`\uFEFF${text}`, "utf16le");
  const big = Buffer.from(little).swap16();
  for (const bytes of [little, big]) {
    for (const size of SIZES) {
      const result = await read(join(bytes), size);
      assertEquals([result.text, result.failure, result.warnings], [text, undefined, []]);
    }
  }
});

Deno.test("decompress() gives a line as soon as it is there, however short it is", async () => {
  async function* slow(): AsyncGenerator<Bytes> {
    yield await Promise.resolve(join("a\n"));
    await new Promise(() => {});
  }
  const { value } = await decompress(slow(), () => {}).next();
  assertEquals(value, join("a\n"));
});
