import { assertEquals } from "@std/assert";
import { describeTally, reasonFor } from "../../lib/formats/describe_tally.ts";
import { FORMATS } from "../../lib/formats/known_formats.ts";

function describe(
  counts: Readonly<Record<string, number>>,
  {
    timed = 0,
    withoutClient = 0,
    assumedZones = 0,
    withoutAgent = 0,
    remarks = [] as string[],
    zone = "UTC",
  } = {},
): string[] {
  const lines = new Map(Object.entries(counts));
  const records = [...lines.values()].reduce((sum, count) => sum + count, 0);
  const figures = { records, timed, withoutClient };
  return describeTally({ lines, assumedZones, withoutAgent, remarks }, {
    formats: FORMATS,
    figures,
    zone,
  });
}

Deno.test("describeTally() says nothing of the own format alone", () => {
  assertEquals(describe({}), []);
  assertEquals(describe({ ndjson: 7 }), []);
});

Deno.test("describeTally() names formats, those with most lines first", () => {
  assertEquals(describe({ ndjson: 1, combined: 3 }, { timed: 1 }), [
    "Read 3 lines of combined, 1 of ndjson",
    "Left out: combined has no response times",
  ]);
  assertEquals(describe({ combined: 1 }), [
    "Read 1 line of combined, which has no response times",
  ]);
});

Deno.test("describeTally() does not say that something is missing that came all the same", () => {
  assertEquals(describe({ combined: 3 }, { timed: 1 }), ["Read 3 lines of combined"]);
});

Deno.test("describeTally() says which zone was assumed, and passes remarks on", () => {
  assertEquals(
    describe({ combined: 3 }, { timed: 3, assumedZones: 2, zone: "+02:00", remarks: ["So it is"] }),
    [
      "Read 3 lines of combined",
      "Took 2 times without a zone as +02:00, see --assume-tz",
      "So it is",
    ],
  );
});

Deno.test("describeTally() says that no line has what a condition is about, of the own format too", () => {
  const said = "Read no user agent from any line, though a condition asks for one";
  assertEquals(describe({ ndjson: 2 }, { withoutAgent: 2 }), [said]);
  assertEquals(describe({ ndjson: 2 }, { withoutAgent: 1 }), []);
  assertEquals(describe({ combined: 3 }, { timed: 3, withoutAgent: 3 }), [
    "Read 3 lines of combined",
    said,
  ]);
});

Deno.test("reasonFor() names each format that lacks the fact", () => {
  const lacks = (name: string) => ({ ...FORMATS[0]!, name, lacks: ["ip"] as const });
  const formats = ["a", "b", "c"].map(lacks);
  const lines = new Map([["a", 1], ["b", 1], ["c", 1]]);
  const options = { formats, figures: { records: 3, timed: 3, withoutClient: 3 } };
  assertEquals(reasonFor("ip", lines, options), "a, b and c have no client addresses");
  assertEquals(reasonFor("responseTime", lines, options), undefined);
});
