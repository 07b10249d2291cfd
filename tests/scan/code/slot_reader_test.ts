import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { toClientAddress } from "../../../lib/formats/description/client_address.ts";
import { decimalToUs } from "../../../lib/formats/description/duration.ts";
import type { Layout } from "../../../lib/formats/description/layout.ts";
import { readEpoch, readTime } from "../../../lib/formats/description/read_time.ts";
import type { Slot, Target, Unit } from "../../../lib/formats/description/shapes.ts";
import { decodeText, type RecordBatch } from "../../../lib/records/record_batch.ts";
import { LineReader } from "../../../lib/scan/line_reader.ts";

const encoder = new TextEncoder();
const HOUR_US = 3_600_000_000;
const UNITS: readonly Unit[] = ["s", "ms", "us", "ns"];

/** A slot, and what the plain rule makes of a text in it. */
interface Case {
  readonly slot: Slot;
  /** The literal behind it. */
  readonly next: string;
  /** Values that must be taken. */
  readonly usual: readonly string[];
  /** The value of a text; `true` if it does not count; `undefined` if it must not be taken. */
  readonly expect: (text: string) => string | number | true | undefined;
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text) || undefined;
const same = (pattern: RegExp) => (text: string) => pattern.test(text) ? text : undefined;
const DECIMALS = ["0", "7", "0.142", "12.5", "0.0000005", "1.9999995", "500", "123456", "3.000"];
const EPOCHS: Readonly<Record<Unit, readonly string[]>> = {
  s: ["1795629600", "1795629600.123", "1795629600.1234567", "0"],
  ms: ["1795629600123", "1795629600123.4567"],
  us: ["1795629600123456", "1795629600123456.9"],
  ns: ["1795629600123456789", "1795629600123456000"],
};

const client: Pick<Case, "usual" | "expect"> = {
  usual: ["192.0.2.7", "2001:db8::1", "fe80::1%eth0", "a-b.example.com", "localhost", "-", "::1"],
  expect: (text) =>
    text !== "" && !text.includes(",") && toClientAddress(text) === text ? text : undefined,
};
const ZONED = [
  "2026-11-25T18:00:00Z",
  "2026-11-25 18:00:00.123456+01:00",
  "2026-11-25T18:00:00,5-0330",
];
const zoned = (text: string) => {
  const time = readTime(text);
  return time?.isZoneAssumed === false ? time.us : undefined;
};

const CASES: readonly Case[] = [
  { slot: { to: "ip", as: "client" }, next: '"', ...client },
  { slot: { to: "ip", as: "client" }, next: " - ", ...client },
  {
    slot: { to: "ip", as: "peer" },
    next: " [",
    usual: ["192.0.2.7:51234", "198.51.100.255:1"],
    expect: (text) =>
      /^[\d.]+:\d+$/.test(text) && toClientAddress(text) !== text
        ? toClientAddress(text)
        : undefined,
  },
  {
    slot: { to: "ip", as: "address" },
    next: " ",
    usual: ["192.0.2.7", "198.51.100.255"],
    expect: same(/^\d{1,3}(\.\d{1,3}){3}$/),
  },
  ...UNITS.flatMap((unit) =>
    [",", " ", '"', ""].map((next): Case => ({
      slot: { to: "responseTime", as: "decimal", unit },
      next,
      usual: DECIMALS,
      expect: (text) => /^\d+(\.\d+)?$/.test(text) ? decimalToUs(text, unit) : undefined,
    }))
  ),
  ...UNITS.map((unit): Case => ({
    slot: { to: "responseTime", as: "decimal", unit, decimals: 3 },
    next: " ",
    usual: ["0.142", "12.000", "0.999"],
    expect: (text) => /^\d+\.\d{3}$/.test(text) ? decimalToUs(text, unit) : undefined,
  })),
  ...UNITS.flatMap((unit) =>
    ["}", " ", '"'].map((next): Case => ({
      slot: { to: "timestamp", as: "epoch", unit },
      next,
      usual: EPOCHS[unit],
      expect: (text) => /^\d+(\.\d+)?$/.test(text) ? readEpoch(text, unit)?.us : undefined,
    }))
  ),
  { slot: { to: "timestamp", as: "zoned" }, next: '"', usual: ZONED, expect: zoned },
  { slot: { to: "timestamp", as: "zoned" }, next: " +0100]", usual: ZONED, expect: zoned },
  { slot: { to: "timestamp", as: "zoned" }, next: "", usual: ZONED, expect: zoned },
  {
    slot: { to: "timestamp", as: "clf" },
    next: '"',
    usual: ["25/Nov/2026:18:00:00 +0000", "01/Jan/1970:00:00:00 -0530"],
    expect: zoned,
  },
  {
    slot: { to: "timestamp", as: "clock" },
    next: "] ",
    usual: ["25/Nov/2026:18:00:00.123", "29/Feb/2024:23:59:59.000"],
    expect: (text) =>
      /\.\d{3}$/.test(text) ? readTime(text, { assumedOffsetUs: HOUR_US })?.us : undefined,
  },
  {
    slot: { to: "timestamp", as: "clock", decimals: 0 },
    next: "]",
    usual: ["25/Nov/2026:18:00:00"],
    expect: (text) =>
      /:\d\d$/.test(text) ? readTime(text, { assumedOffsetUs: HOUR_US })?.us : undefined,
  },
  ...[" ", "]"].map((next): Case => ({
    slot: { to: "timestamp", as: "local" },
    next,
    usual: ["2026-11-25 18:00:00", "2024-02-29T23:59:59.5", "1970-01-01t00:00:00,123456789"],
    expect: (text) => {
      const time = readTime(text, { assumedOffsetUs: HOUR_US });
      return time?.isZoneAssumed === true ? time.us : undefined;
    },
  })),
  ...["\t", " "].map((next): Case => ({
    slot: { to: "timestamp", as: "columns" },
    next,
    usual: [`2026-11-25${next}18:00:00`, `2024-02-29${next}23:59:59`],
    expect: (text) => {
      const isPlain = /^[\d-]+[ \t][\d:]+$/.test(text) && text[10] === next;
      return isPlain ? readTime(text.replace("\t", " "))?.us : undefined;
    },
  })),
  {
    slot: { to: "method", as: "token" },
    next: " ",
    usual: ["GET", "PROPFIND"],
    expect: same(/^[A-Z]+$/),
  },
  ...['" ', '","'].map((next): Case => ({
    slot: { to: "endpoint", as: "target" },
    next,
    usual: [
      "/a?b=1 HTTP/1.1",
      "/ HTTP/2",
      "* HTTP/3",
      "/a b HTTP/1.0",
      "/1.1 HTTP/2.0",
      "/.5 HTTP/2",
    ],
    // deno-lint-ignore no-control-regex
    expect: (text) => /^([^"\\\x00-\x1F]+) HTTP\/\d(?:\.\d)?$/.exec(text)?.[1],
  })),
  ...[" ", "\t", ";", '"'].map((next): Case => ({
    slot: { to: "endpoint", as: "word" },
    next,
    usual: ["/a?b=1", "-", "/index.html", `/${"x".repeat(60)}`],
    expect: (text) =>
      text.includes(next) || next === '"' && text.includes("\\")
        ? undefined
        : same(/^[!#-~]+$/)(text),
  })),
  {
    slot: { to: "status", as: "status" },
    next: " ",
    usual: ["200", "404", "999"],
    expect: (text) => /^[1-9]\d\d$/.test(text) ? Number(text) : undefined,
  },
  ...[" ", "|", '"', ""].map((next): Case => ({
    slot: { to: "other", as: "word" },
    next,
    usual: ["curl/8.9.1", "-", "x".repeat(70)],
    expect: (text) =>
      next !== "" && text.includes(next) || next === '"' && text.includes("\\")
        ? undefined
        : matches(/^[!#-~]+$/)(text),
  })),
  ...["[", " ["].map((next): Case => ({
    slot: { to: "other", as: "words" },
    next,
    usual: ["", "-", ...next === "[" ? ["- - ", "a long name of somebody "] : []],
    // deno-lint-ignore no-control-regex
    expect: (text) => text.includes(next[0]!) ? undefined : matches(/^[^"\x00-\x1F]*$/)(text),
  })),
  {
    slot: { to: "other", as: "quoted" },
    next: '"',
    usual: ["", "Mozilla/5.0 (X11)", "ends in \\", "é".repeat(40)],
    // deno-lint-ignore no-control-regex
    expect: matches(/^[^"\x00-\x1F]*$/),
  },
  {
    slot: { to: "userAgent", as: "quoted", escape: "backslash" },
    next: '" ',
    usual: ["", "Mozilla/5.0 (X11)", 'a \\"b\\" \\\\', "\\x22"],
    // deno-lint-ignore no-control-regex
    expect: matches(/^(?:[^"\\\x00-\x1F]|\\[^\x00-\x1F])*$/),
  },
  {
    slot: { to: "other", as: "count" },
    next: " ",
    usual: ["0", "512", "-", "99999999999999999999"],
    expect: matches(/^(?:\d+|-)$/),
  },
  {
    slot: { to: "other", as: "rest" },
    next: "",
    usual: ["", ' 512 "-" "curl/8"', " ", ` ${"x".repeat(70)}`],
    // deno-lint-ignore no-control-regex
    expect: matches(/^(?: [^\x00-\x1F]*)?$/),
  },
];

/** What a text may get in some place. */
const piece = fc.oneof(
  fc.constantFrom(...'0123456789.,:;-+/[]{}"\\ \tTZeE%_ax\r\x00\x7F é'),
  fc.constantFrom("00", ".5", ":80", "::ffff:", "HTTP/1.1", "999999999999", "+05", '\\"', "\u2028"),
);
const edit = fc.record({ at: fc.nat(80), drop: fc.nat(2), insert: piece });

function layoutOf({ slot, next }: Case): Layout {
  return {
    format: "tested",
    slots: [slot],
    literals: ["=", next].map((literal) => encoder.encode(literal)),
    assumedOffsetUs: HOUR_US,
    signature: "tested",
  };
}

/** What a batch has in its first row. */
function valueOf(batch: RecordBatch, to: Target): string | number | true {
  const columns = { method: batch.methods, endpoint: batch.endpoints, ip: batch.ips };
  if (to === "method" || to === "endpoint" || to === "ip") {
    const { starts, ends } = columns[to];
    return decodeText(batch.bytes, starts[0]!, ends[0]!);
  }
  if (to === "status") return batch.statusCodes[0]!;
  if (to === "responseTime") return batch.responseTimesUs[0]!;
  return to === "timestamp" ? batch.timestampsUs[0]! : true;
}

for (const [i, one] of CASES.entries()) {
  const { slot, next, usual, expect } = one;
  const unit = `${slot.unit ?? ""}${slot.decimals ?? ""}`;
  Deno.test(`slotReader() reads ${slot.to} as ${slot.as} ${unit} before ${JSON.stringify(next)} as the plain rule does, or leaves it (${i})`, () => {
    const reader = new LineReader();
    reader.learn(layoutOf(one));
    const read = (text: string) => {
      const block = encoder.encode(`=${text}${next}\n`);
      reader.open(block);
      reader.batch.size = 0;
      const end = reader.read(0);
      if (end === 0) return undefined;
      assertEquals(end, block.length);
      return valueOf(reader.batch, slot.to);
    };
    for (const text of usual) {
      const expected = expect(text);
      assert(expected !== undefined, text);
      assertEquals(read(text), expected, text);
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...usual),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (value, edits) => {
          let text = value;
          for (const { at, drop, insert } of edits) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + insert + text.slice(place + drop);
          }
          const value_ = read(text);
          // A CR at the end of the line belongs to its end.
          const plain = next === "" ? text.replace(/\r$/, "") : text;
          if (value_ !== undefined) assertEquals(value_, expect(plain), JSON.stringify(text));
        },
      ),
      { numRuns: 1000 },
    );
  });
}

Deno.test("LineReader has no code for a slot that the byte behind it could be part of", () => {
  const reader = new LineReader();
  const layout = (slot: Slot, next: string): Layout => ({
    format: "tested",
    slots: [slot, { to: "status", as: "status" }, { to: "timestamp", as: "clf" }],
    literals: ["", next, " ", ""].map((literal) => encoder.encode(literal)),
    signature: "",
  });
  assert(reader.canRead(layout({ to: "ip", as: "client" }, " ")));
  for (
    const [slot, next] of [
      [{ to: "ip", as: "client" }, ":"],
      [{ to: "timestamp", as: "local" }, ","],
      [{ to: "responseTime", as: "decimal", unit: "s" }, "e"],
      [{ to: "responseTime", as: "decimal" }, " "],
      [{ to: "other", as: "quoted" }, " "],
      [{ to: "query", as: "word" }, " "],
      [{ to: "status", as: "status" }, " "],
    ] as const
  ) assert(!reader.canRead(layout(slot, next)), `${slot.to} as ${slot.as} before ${next}`);
});
