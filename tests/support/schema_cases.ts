import fc from "fast-check";

const VALID = {
  method: "GET",
  endpoint: "/a",
  status_code: "200",
  ip: "192.0.2.1",
  timestamp: "2025-12-24T00:00:00",
};

/** Returns the line of a valid record with some fields replaced; fields that are `undefined` are left out. */
export function lineOf(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...VALID, ...fields });
}

const scalar = fc.oneof(
  fc.constantFrom(null, true, "", "200", "x", 0, 5, 200, 1.5, -1),
  fc.constantFrom([], {}, ["200"]),
);
const status = fc.oneof(
  fc.integer({ min: 90, max: 1010 }),
  fc.integer({ min: 0, max: 1010 }).map(String),
  fc.constantFrom("099", "2OO", "200x", "x200", " 200", "1000", "99", 200.5, "200\n", "1e2"),
  fc.constantFrom(99, 100, 999, 1000, 1e300),
);
const time = fc.oneof(
  fc.double({ min: -10, max: 1e13, noNaN: true }),
  fc.constantFrom(0, -0.5, -1e-9, 1e12, 1e12 + 1, 2e12, null),
);

function mostly<T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: other });
}

/** Timestamps, joined from parts that are mostly valid. */
const timestamp = fc.tuple(
  fc.constantFrom("2025-12-24", "2024-02-29", "2025-02-30", "1684-07-28", "2255-06-05"),
  mostly(fc.constantFrom("T", "t", " "), fc.constantFrom("_", "")),
  mostly(
    fc.constantFrom("00:00:00", "23:59:60", "24:00:00"),
    fc.constantFrom("00:00", "00:00:0", "00-00-00"),
  ),
  mostly(fc.constantFrom("", ".5", ".123456789"), fc.constantFrom(".1234567890", ".", ",5")),
  mostly(
    fc.constantFrom("", "Z", "z", "+01:00", "-0530", "+24:00"),
    fc.constantFrom("+1", "Zx", " "),
  ),
  mostly(fc.constant(""), fc.constantFrom("x", " ")),
).map(([date, between, clock, fraction, zone, around]) =>
  around + date + between + clock + fraction + zone + around
);

/** JSON values that are a record on the wire, or nearly one, or none; all are near the edges of what is valid. */
export const wireValue: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.tuple(
      fc.record({
        method: fc.constant("GET"),
        endpoint: fc.constant("/a"),
        status_code: fc.oneof({ weight: 3, arbitrary: fc.constant("200") }, status),
        ip: fc.constant("192.0.2.1"),
        response_time: fc.oneof({ weight: 3, arbitrary: fc.constant(5) }, time),
        user_agent: fc.constantFrom("x", null),
        timestamp: fc.oneof(
          { weight: 3, arbitrary: fc.constant("2025-12-24T00:00:00") },
          timestamp,
        ),
      }),
      fc.option(
        fc.constantFrom(
          "method",
          "endpoint",
          "status_code",
          "ip",
          "response_time",
          "user_agent",
          "timestamp",
          "other",
        ),
      ),
      fc.oneof(fc.constant(undefined), scalar),
    ).map(([record, field, value]) => field === null ? record : { ...record, [field]: value }),
  },
  { weight: 1, arbitrary: fc.constantFrom([], null, 5, "record", true, [VALID]) },
);
