import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Analysis } from "../../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../../lib/formats/description/format.ts";
import { toReport } from "../../../lib/report/to_report.ts";
import { addLines } from "../../support/add_lines.ts";
import { logRecord } from "../../support/arbitraries.ts";
import { jsonOf } from "../../support/json_of.ts";

function analyse(records: LineOutcome[]): Analysis {
  const analysis = new Analysis({ windowUs: 60_000_000, suspiciousOver: 0 });
  addLines(analysis, records);
  return analysis;
}

/** The same JSON without what a terminal might obey: DEL, C1, bidirectional controls, line separators. */
function escaped(json: string): string {
  const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(4, "0");
  const hidden = /[\x7F-\x9F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;
  return json.replaceAll(hidden, (character) => `\\u${hex(character)}`);
}

Deno.test("renderJson() is what JSON.stringify() gives, but for the order of keys of Maps", () => {
  fc.assert(fc.property(fc.array(logRecord, { maxLength: 9 }), (records) => {
    const report = toReport(analyse(records));
    const plain = {
      ...report,
      suspicious_ips: [...report.suspicious_ips],
      endpoints: [...report.endpoints],
      timeline: [...report.timeline],
      methods: Object.fromEntries(report.methods),
    };
    const parsed = JSON.parse(jsonOf(report));
    assertEquals(JSON.stringify(parsed), JSON.stringify(plain));
    const hasNumericMethod = records.some(({ method }) => /^\d+$|^__proto__$/.test(method));
    if (!hasNumericMethod) {
      assertEquals(jsonOf(report), `${escaped(JSON.stringify(plain, null, 2))}\n`);
    }
  }));
});

Deno.test("renderJson() orders methods by code point, even those that look like numbers", () => {
  const methods = ["12", "B", "__proto__", "7", "A"];
  const [record] = fc.sample(logRecord, { numRuns: 1, seed: 1 });
  const json = jsonOf(toReport(analyse(methods.map((method) => ({ ...record!, method })))));
  const listed = [.../"methods": \{([^}]*)\}/.exec(json)![1]!.matchAll(/"([^"]+)":/g)];
  assertEquals(listed.map(([, method]) => method), ["12", "7", "A", "B", "__proto__"]);
});
