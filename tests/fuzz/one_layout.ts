import fc from "fast-check";

/** Values as they stand in a line, without the quotes of texts. */
const VALUES = {
  method: ["GET", "POST"],
  endpoint: ["/a", "/b"],
  status_code: ["200", "503"],
  ip: ["192.0.2.1", "::1"],
  response_time: ["12.5", "0"],
  timestamp: ["2025-12-24T00:00:00.000001Z", "1999-01-01 23:59:59"],
};
type Name = keyof typeof VALUES;
const NAMES = Object.keys(VALUES) as Name[];

/** A value of some field in which some bytes, or all, became a control character. */
const change = fc.record({
  name: fc.oneof(fc.constant<Name>("timestamp"), fc.constantFrom(...NAMES)),
  // What memory begins with comes more often than others.
  code: fc.oneof(fc.constant(0), fc.nat(0x1F)),
  start: fc.oneof(fc.constant(0), fc.nat(30)),
  // One, the date of a timestamp, and all.
  count: fc.constantFrom(1, 10, 10, 30),
});

/**
 * A line of the layout that all such lines have, mostly as it should be, at times with control characters in
 * a value.
 */
export const lineOfOneLayout: fc.Arbitrary<string> = fc.tuple(
  fc.array(fc.nat(1), { minLength: NAMES.length, maxLength: NAMES.length }),
  fc.option(change, { freq: 2 }),
).map(([picks, changed]) => {
  const members = NAMES.map((name, i) => {
    const value = VALUES[name][picks[i]!]!;
    const text = changed?.name === name ? changeText(value, changed) : value;
    return `"${name}":${name === "response_time" ? text : `"${text}"`}`;
  });
  return `{${members.join(",")}}`;
});

function changeText(
  text: string,
  { code, start, count }: { readonly code: number; readonly start: number; readonly count: number },
): string {
  const from = start % text.length, end = Math.min(from + count, text.length);
  return text.slice(0, from) + String.fromCharCode(code).repeat(end - from) + text.slice(end);
}
