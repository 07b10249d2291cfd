import { assertEquals } from "@std/assert";
import { failures, OutcomeTable } from "../../lib/aggregates/outcome_counts.ts";

Deno.test("OutcomeTable counts 4xx, 5xx and the rest of the failures apart", () => {
  const cases = [
    [100, 0, 0, 0],
    [399, 0, 0, 0],
    [400, 1, 0, 0],
    [499, 1, 0, 0],
    [500, 0, 1, 0],
    [599, 0, 1, 0],
    [600, 0, 0, 1],
    [999, 0, 0, 1],
  ] as const;
  const table = new OutcomeTable();
  for (const [row, [status, failed4xx, failed5xx, failedOther]] of cases.entries()) {
    table.add(row, status, -1);
    const counts = { requests: 1, failed4xx, failed5xx, failedOther, slow: 0 };
    assertEquals(table.at(row), counts, String(status));
    assertEquals(failures(table.at(row)), failed4xx + failed5xx + failedOther);
  }
  assertEquals(table.total(5), {
    requests: 5,
    failed4xx: 2,
    failed5xx: 1,
    failedOther: 0,
    slow: 0,
  });
});

Deno.test("OutcomeTable joins rows of another, and forgets rows", () => {
  const [table, other] = [new OutcomeTable(), new OutcomeTable()];
  for (const status of [200, 404, 700]) other.add(2, status, 2_000_000);
  table.add(0, 500, 1_000_001);
  table.join(0, other, 2);
  assertEquals(table.at(0), {
    requests: 4,
    failed4xx: 1,
    failed5xx: 1,
    failedOther: 1,
    slow: 4,
  });
  table.clear(0);
  assertEquals(table.at(0), {
    requests: 0,
    failed4xx: 0,
    failed5xx: 0,
    failedOther: 0,
    slow: 0,
  });
});

Deno.test("OutcomeTable counts as slow what took longer than its limit, failed or not", () => {
  const table = new OutcomeTable(1000);
  for (const [status, us] of [[200, 1000], [200, 1001], [500, 1001], [200, -1], [200, 0]]) {
    table.add(0, status!, us!);
  }
  assertEquals([table.slowAt(0), table.at(0).slow], [2, 2]);
  const statusCodes = Uint16Array.of(200, 500, 200, 200);
  const responseTimesUs = Float64Array.of(9999, 1001, 1000, 9999);
  assertEquals(table.addRun(1, { statusCodes, responseTimesUs }, 1, 3), 1);
  assertEquals(table.at(1).slow, 1);
  assertEquals(OutcomeTable.fromJSON(table.stateOf([0, 1]), 2).total(2).slow, 3);
});
