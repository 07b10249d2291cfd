import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_FAILED_PAIRS } from "../../lib/aggregates/capacities.ts";
import { isFailed } from "../../lib/aggregates/outcome_counts.ts";
import { FAILURE_KINDS, WindowFailures } from "../../lib/aggregates/window_failures.ts";
import { Windows } from "../../lib/aggregates/windows.ts";
import { makeRecord } from "../support/make_record.ts";

const MINUTE = 60_000_000;

interface Request {
  readonly window: number;
  readonly endpoint: string;
  readonly statusCode: number;
  readonly ip: string;
}

const request: fc.Arbitrary<Request> = fc.record({
  window: fc.nat(5),
  endpoint: fc.constantFrom("/a", "/b", "/c", "-"),
  statusCode: fc.constantFrom(200, 399, 400, 404, 500, 503, 999),
  ip: fc.constantFrom("192.0.2.1", "192.0.2.2", "-"),
});

function windowsOf(requests: readonly Request[], maxPairs: number): Windows {
  const options = {
    windowUs: MINUTE,
    suspiciousOver: 1,
    slowOverUs: 500,
    maxWindows: 100,
    maxPairs,
  };
  const windows = new Windows(options, [1, 2]);
  for (const { window, ...fields } of requests) {
    const batch = makeRecord({ ...fields, timestampUs: window * MINUTE });
    // The endpoint of a request that names none has no slot.
    batch.endpoints.slots[0] = fields.endpoint === "-" ? -1 : fields.endpoint.charCodeAt(1);
    windows.add(batch);
  }
  return windows;
}

/** Counts the failures of some windows by a text, in the plainest way. */
function naively(
  requests: readonly Request[],
  textOf: (request: Request) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of requests) {
    const text = textOf(one);
    if (isFailed(one.statusCode) && text !== "-") counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

const TEXTS = {
  endpoints: ({ endpoint }: Request) => endpoint,
  statuses: ({ statusCode }: Request) => `${statusCode}`,
  clients: ({ ip }: Request) => ip,
};

Deno.test("Windows count what failed exactly while it fits, for any split and stretch", () => {
  fc.assert(
    fc.property(
      fc.array(request, { maxLength: 60 }),
      fc.array(request, { maxLength: 60 }),
      fc.nat(5),
      fc.nat(5),
      (a, b, first, last) => {
        const windows = windowsOf(a, 100);
        windows.merge(windowsOf(b, 100));
        const inside = [...a, ...b].filter(({ window }) => window >= first && window <= last);
        for (const kind of FAILURE_KINDS) {
          const failures = windows.failedIn(kind, first * MINUTE, (last + 1) * MINUTE);
          const found = failures.first(1000);
          const counts = new Map(found.map(({ text, failed }) => [text, failed]));
          assertEquals(counts, naively(inside, TEXTS[kind]));
          assert(found.every(({ error }) => error === 0));
          assert(found.every(({ failed }, i) => i === 0 || failed <= found[i - 1]!.failed));
          assertEquals(failures.first(2), found.slice(0, 2));
          assertEquals(failures.distinct, found.length);
          assertEquals(failures.failed, found.reduce((sum, { failed }) => sum + failed, 0));
          const some = new Set([...found.slice(1).map(({ text }) => text), "none"]);
          assertEquals(failures.of(some), new Map([...counts].filter(([text]) => some.has(text))));
          assertEquals(windows.failuresBound(), 0);
        }
        assertEquals(
          JSON.stringify(Windows.fromJSON(
            JSON.parse(JSON.stringify(windows)),
            {
              windowUs: MINUTE,
              suspiciousOver: 1,
              slowOverUs: 500,
              maxWindows: 100,
              maxPairs: 100,
            },
            [3, 4],
          )),
          JSON.stringify(windows),
        );
      },
    ),
  );
});

Deno.test("Windows count what failed within the bound where it does not fit", () => {
  fc.assert(
    fc.property(
      fc.array(request, { maxLength: 80 }),
      fc.integer({ min: 2, max: 8 }),
      (all, most) => {
        const windows = windowsOf(all, most);
        for (const kind of FAILURE_KINDS) {
          const bound = windows.failuresBound();
          for (let window = 0; window < 6; window++) {
            const found = windows.failedIn(kind, window * MINUTE, (window + 1) * MINUTE).first(
              1000,
            );
            const counts = new Map(found.map((one) => [one.text, one]));
            const right = naively(all.filter((one) => one.window === window), TEXTS[kind]);
            for (const [text, count] of right) {
              const { failed = bound, error = bound } = counts.get(text) ?? {};
              assert(count <= failed && count >= failed - error && error <= bound);
            }
            assert([...counts.keys()].every((text) => right.has(text)));
          }
        }
      },
    ),
  );
});

Deno.test("WindowFailures hold no more pairs than there is room for, whatever --max-pairs is", () => {
  const failures = new WindowFailures(10_000_000, [1, 2]);
  for (let window = 0; window <= MAX_FAILED_PAIRS; window++) {
    failures.addRun(window, 0, makeRecord({ statusCode: 500 }), 0, 1);
  }
  assert(failures.bound > 0);
  assertEquals(new WindowFailures(10, [1, 2]).bound, 0);
});
