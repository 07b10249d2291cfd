import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MAX_METHOD_IDS, MethodIds, OTHER_METHOD } from "../../lib/aggregates/method_ids.ts";
import { Routes } from "../../lib/aggregates/routes.ts";
import { KeyColumn } from "../../lib/records/key_column.ts";

const HASH_KEY = [1, 2] as const;

interface Request {
  readonly row: number;
  readonly method: string;
  readonly status: number;
}

const request: fc.Arbitrary<Request> = fc.record({
  row: fc.nat(3),
  method: fc.constantFrom("GET", "PUT", "GOT", "G", "\u{1F600}", "-"),
  status: fc.constantFrom(100, 200, 404, 503, 999),
});

function count(routes: Routes, requests: readonly Request[]): Routes {
  for (const { row, method, status } of requests) {
    routes.add(row, routes.methodIds.intern(method), status);
  }
  return routes;
}

/** The counts of a row, counted naively. */
function naive(requests: readonly Request[], row: number): unknown {
  const own = requests.filter((request) => request.row === row);
  return Object.fromEntries(
    [...Map.groupBy(own, ({ method, status }) => `${method} ${status}`)]
      .map(([kind, group]) => [kind, group.length]),
  );
}

function shown(routes: Routes, row: number): unknown {
  return Object.fromEntries(
    routes.result(row).map(({ method, statusCode, requests }) => [
      `${method} ${statusCode}`,
      requests,
    ]),
  );
}

Deno.test("Routes are the same for any order, split and form, below their limits", () => {
  fc.assert(
    fc.property(fc.array(request, { maxLength: 60 }), fc.nat(60), (requests, cut) => {
      const one = count(new Routes(HASH_KEY), requests.slice(cut));
      const other = count(new Routes(HASH_KEY), requests.slice(0, cut));
      for (let row = 0; row < 4; row++) one.join(row, other, row);
      const rows = [0, 1, 2, 3];
      for (const row of rows) assertEquals(shown(one, row), naive(requests, row));
      const state = one.stateOf(rows);
      assertEquals(state, count(new Routes(HASH_KEY), requests.toReversed()).stateOf(rows));
      assertEquals(Routes.fromJSON(state, 4, HASH_KEY).stateOf(rows), state);
      assertEquals(Routes.ofParts(one.toParts(), HASH_KEY).stateOf(rows), state);
    }),
  );
});

Deno.test("Routes count as other what they have no room for, and lose nothing", () => {
  const requests = Array.from({ length: 40 }, (_, i) => ({
    row: i % 2,
    method: "GET",
    status: 200 + i % 10,
  }));
  const full = count(new Routes(HASH_KEY, 3), requests);
  const sum = (routes: Routes, row: number) =>
    routes.result(row).reduce((sum, { requests }) => sum + requests, 0) + routes.othersOf(row);
  assertEquals([sum(full, 0), sum(full, 1)], [20, 20]);
  assert(full.othersOf(0) > 0);
  const many = Array.from({ length: 40 }, (_, i) => ({ row: 0, method: `M${i}`, status: 200 }));
  const methods = count(new Routes(HASH_KEY), many);
  assertEquals([methods.result(0).length, methods.othersOf(0)], [MAX_METHOD_IDS, 8]);
  methods.join(1, count(new Routes(HASH_KEY), [{ row: 0, method: "NEW", status: 200 }]), 0);
  assertEquals([methods.result(1), methods.othersOf(1)], [[], 1]);
  const again = Routes.fromJSON(methods.stateOf([0, 1]), 2, HASH_KEY);
  assertEquals([again.othersOf(0), again.othersOf(1)], [8, 1]);
});

Deno.test("Routes forget a row, whose room others get", () => {
  const routes = count(new Routes(HASH_KEY, 2), [
    { row: 0, method: "GET", status: 200 },
    { row: 0, method: "GET", status: 404 },
    { row: 0, method: "GET", status: 500 },
  ]);
  routes.clear(0);
  assertEquals([routes.result(0), routes.othersOf(0)], [[], 0]);
  count(routes, [{ row: 1, method: "PUT", status: 200 }]);
  assertEquals(shown(routes, 1), { "PUT 200": 1 });
});

Deno.test("Routes refuse a state that contradicts itself", () => {
  const good = { methods: ["GET"], sizes: [1, 1], kinds: [200, 404], counts: [1, 2] };
  Routes.fromJSON(good, 2, HASH_KEY);
  const cases: readonly (readonly [change: object, message: string])[] = [
    [{ methods: ["GET", "GET"] }, "each method once"],
    [{ methods: Array.from({ length: 33 }, (_, i) => `${i}`) }, "at most 32"],
    [{ sizes: [1, 2] }, "a method and a status each"],
    [{ sizes: [1, 0] }, "as many kinds as there are"],
    [{ sizes: [2, 0], kinds: [200, 200] }, "each kind once"],
    [{ kinds: [200, 1200] }, "a method and a status each"],
    [{ kinds: [200, 99] }, "a method and a status each"],
    [{ counts: [1, 0] }, "integers from 1 on"],
    [{ others: [1] }, "others"],
  ];
  for (const [change, message] of cases) {
    assertThrows(() => Routes.fromJSON({ ...good, ...change }, 2, HASH_KEY), SyntaxError, message);
  }
});

Deno.test("MethodIds remembers slots as long as their methods keep them", () => {
  const ids = new MethodIds(), methods = new KeyColumn(1);
  const idOf = (text: string, slot: number, stamp: number) => {
    const bytes = new TextEncoder().encode(`x${text}y`);
    methods.place(0, 1, bytes.length - 1);
    [methods.slots[0], methods.stamps[0]] = [slot, stamp];
    return ids.idOf(bytes, methods, 0);
  };
  assertEquals([idOf("GET", 0, 0), idOf("PUT", 1, 0), idOf("GET", 0, 0)], [0, 1, 0]);
  // Another method has the slot now, or none is known.
  assertEquals([idOf("PUT", 0, 1), idOf("POST", -1, 0), idOf("PUT", -2, 0)], [1, 2, 1]);
  assertEquals([idOf("HEAD", 999, 0), idOf("GET", 999, 0), idOf("", 63, 5)], [3, 0, 4]);
  for (let i = 0; ids.methods.length < MAX_METHOD_IDS; i++) idOf(`M${i}`, -1, 0);
  assertEquals([idOf("ONE MORE", 7, 0), idOf("ONE MORE", 7, 0)], [OTHER_METHOD, OTHER_METHOD]);
  assertEquals(idOf("GET", 0, 2), 0);
});
