import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { UNCOUNTED } from "../../lib/records/key_column.ts";
import { decodeText, RecordBatch } from "../../lib/records/record_batch.ts";
import {
  AGENT_BYTES,
  cutToBytes,
  ENDPOINT_BYTES,
  limitKeys,
} from "../../lib/records/limit_keys.ts";
import { Selection } from "../../lib/select/selection.ts";
import { ALL, type SelectionSettings } from "../../lib/select/selection_settings.ts";
import { encodeRecord, type LogRecord } from "../../schema.ts";
import { analyzeBytes, cutInto } from "../support/analyze_bytes.ts";
import { logRecord } from "../support/arbitraries.ts";
import { jsonOf } from "../support/json_of.ts";
import { makeRecord } from "../support/make_record.ts";
import { SHAPES } from "../support/shapes.ts";

const encoder = new TextEncoder();

/** Selections, and what they are in plain words: which records are left, and with which endpoint. */
const SELECTIONS: readonly (readonly [
  Partial<SelectionSettings>,
  (record: LogRecord) => boolean,
  (endpoint: string) => string,
])[] = [
  [{ sinceUs: 0 }, ({ timestampUs }) => timestampUs >= 0, same],
  [{ untilUs: 1e6 }, ({ timestampUs }) => timestampUs < 1e6, same],
  [
    { sinceUs: -1e6, untilUs: 2e6 },
    ({ timestampUs }) => timestampUs >= -1e6 && timestampUs < 2e6,
    same,
  ],
  [{ conditions: ["status>=400"] }, ({ statusCode }) => statusCode >= 400, same],
  [
    { conditions: ["method==GET || response_time>1us", "!(endpoint~a)"] },
    ({ method, responseTimeUs = 0, endpoint }) =>
      (method === "GET" || responseTimeUs > 1) && !endpoint.includes("a"),
    same,
  ],
  [{ excludedIps: ["192.0.2.1/32"] }, ({ ip }) => ip !== "192.0.2.1", same],
  [{ conditions: ["user_agent~a"] }, (record) => agentOf(record).includes("a"), same],
  [
    { conditions: ['!(user_agent=="") && endpoint~a'] },
    (record) => agentOf(record) !== "" && record.endpoint.includes("a"),
    same,
  ],
  [{ excludedAgents: ["a", "^.{0,3}$"] }, (record) => /^[^a]{4,}$/su.test(agentOf(record)), same],
  [{ bots: "only" }, (record) => /GPTBOT/i.test(agentOf(record)), same],
  [{ bots: "exclude" }, (record) => !/GPTBOT/i.test(agentOf(record)), same],
  [{ stripsQuery: true }, () => true, (endpoint) => endpoint.replace(/(?<=.)\?.*/s, "")],
  [
    { isGrouping: true, groupPatterns: ["/b/*"], conditions: ["status!=200"] },
    ({ statusCode }) => statusCode !== 200,
    (endpoint) =>
      /^\/b(?=[/?]|$)/.test(endpoint)
        ? endpoint.replace(/^[^?]*/, "/b/*")
        : endpoint.replace(/^\/[^?]*/, (path) => path.replaceAll(/(?<=\/)\d+(?=\/|$)/g, ":id")),
  ],
];

function same(endpoint: string): string {
  return endpoint;
}

function agentOf({ userAgent = "-" }: LogRecord): string {
  return userAgent === "-" ? "" : cutToBytes(userAgent, AGENT_BYTES);
}

/** A record whose endpoint may have segments to be grouped, and a query. */
const record = fc.tuple(
  logRecord,
  fc.option(fc.constantFrom("/a/7", "/a/8?b=9", "/7", "/b", "/b/c/7?d", "/b/e", "?", "/ä/12"), {
    freq: 2,
  }),
  fc.option(
    fc.constantFrom("Mozilla/5.0 gptBot/1", "curl/8", "-", "", "é", '"', "a\\b", "x".repeat(1025)),
  ),
).map(([record, endpoint, agent]) => ({
  ...record,
  endpoint: endpoint ?? record.endpoint,
  userAgent: agent ?? record.userAgent,
}));

Deno.test("Selection counts the records that are left as if the others were not there", async () => {
  const shapes = [...Object.values(SHAPES).slice(0, 4), encodeRecord];
  let taken = 0, count = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { maxLength: 60, size: "max" }),
      fc.constantFrom(...SELECTIONS),
      fc.constantFrom(...shapes),
      fc.constantFrom(2, 3, 1000),
      fc.integer({ min: 50, max: 5000 }),
      async (records, [chosen, isLeft, rewritten], shape, most, chunkBytes) => {
        const options = { maxEndpoints: most, maxClients: most, maxWindows: most, maxPairs: most };
        const logOf = (records: readonly LogRecord[]) =>
          encoder.encode(records.map((one) => `${shape(one, one.statusCode)}\n`).join(""));
        const log = logOf(records), selected = { ...ALL, ...chosen };
        const [scanned, parsed] = await Promise.all(
          [true, false].map((isScanning) =>
            analyzeBytes(cutInto(log, chunkBytes), { ...options, isScanning, selected })
          ),
        );
        assertEquals(jsonOf(scanned!.report), jsonOf(parsed!.report));
        taken += scanned!.taken;
        count += records.length;
        const left = records.map(limitKeys).filter(isLeft)
          .map((one) => ({ ...one, endpoint: rewritten(one.endpoint) }));
        const { report: found } = parsed!, { input } = found;
        const { report: wanted } = await analyzeBytes([logOf(left)], options);
        assertEquals(input.records + input.filtered, input.lines - input.rejected);
        // A record that cannot be written in the shape is rejected in both.
        if (input.rejected > 0) return;
        assertEquals(input.filtered, records.length - left.length);
        const { lines, bytes, filtered } = input;
        const inBoth = { ...wanted.input, lines, bytes, filtered };
        assertEquals(
          JSON.parse(jsonOf({ ...found, accuracy: {} })),
          JSON.parse(jsonOf({ ...wanted, input: inBoth, accuracy: {} })),
        );
      },
    ),
    { numRuns: 300 },
  );
  assert(taken > count / 2, `took only ${taken} of ${count} lines`);
});

Deno.test("Selection keeps endpoints that have become longer within their limit, and says so", () => {
  const batch = new RecordBatch(4), found: number[] = [];
  let hasCutKeys = false;
  batch.append(makeRecord({ endpoint: "/1".repeat(512) }));
  batch.append(makeRecord({ endpoint: "/1".repeat(300) }));
  assert(!batch.hasCutKeys);
  const sink = {
    addBatch: ({ size, endpoints: { starts, ends }, ...records }: RecordBatch) => {
      hasCutKeys = records.hasCutKeys;
      for (let row = 0; row < size; row++) found.push(ends[row]! - starts[row]!);
    },
    lines: { addFiltered: () => {} },
  };
  new Selection(sink, { ...ALL, isGrouping: true }).addBatch(batch);
  assertEquals(found.length, 2);
  assert(found.every((length) => length <= ENDPOINT_BYTES + 3), `${found}`);
  assert(hasCutKeys);
});

Deno.test("Selection moves whole rows, and no rewritten key is remembered by the bytes of its line", () => {
  const batch = new RecordBatch(4);
  for (let i = 0; i < 4; i++) {
    const fields = { method: `M${i}`, endpoint: `/${i}`, ip: `192.0.2.${i}`, statusCode: 200 + i };
    batch.append(makeRecord({ ...fields, responseTimeUs: i, timestampUs: 10 * i }));
    for (const [k, column] of [batch.methods, batch.endpoints, batch.ips].entries()) {
      [column.slots[i], column.stamps[i]] = [100 * k + i, 1000 * k + i];
    }
  }
  const rows: unknown[] = [];
  const sink = {
    addBatch: (records: RecordBatch) => {
      const { methods, endpoints, ips, bytes } = records;
      for (let row = 0; row < records.size; row++) {
        const keys = [methods, endpoints, ips].flatMap(({ starts, ends, slots, stamps }) => [
          decodeText(bytes, starts[row]!, ends[row]!),
          slots[row],
          stamps[row],
        ]);
        const { statusCodes, responseTimesUs, timestampsUs } = records;
        rows.push([...keys, statusCodes[row], responseTimesUs[row], timestampsUs[row]]);
      }
      endpoints.misses = methods.misses = 2;
    },
    lines: { addFiltered: () => {} },
  };
  new Selection(sink, { ...ALL, conditions: ["status in (201, 203)"] }).addBatch(batch);
  const row = (i: number) => [
    ...[`M${i}`, i, i, `/${i}`, 100 + i, 1000 + i, `192.0.2.${i}`, 200 + i, 2000 + i],
    ...[200 + i, i, 10 * i],
  ];
  assertEquals(rows, [row(1), row(3)]);
  assertEquals([batch.methods.misses, batch.endpoints.misses], [2, 2]);
  rows.length = 0;
  new Selection(sink, { ...ALL, isGrouping: true }).addBatch(batch);
  // What an endpoint becomes has no slot yet.
  assertEquals(rows, [row(1), row(3)].map((row) => row.with(3, "/:id").with(4, UNCOUNTED)));
  assertEquals([batch.methods.misses, batch.endpoints.misses], [2, 0]);
});
