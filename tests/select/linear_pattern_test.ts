import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { LinearPattern } from "../../lib/select/linear_pattern.ts";

/** Patterns made of all forms that are matched. */
const { pattern } = fc.letrec<{ pattern: string; one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "b", "é", ".", "\\d", "[ab]", "[^a]", "\\w", "\\b", "^", "$", "\\.", "𝒳"),
    tie("pattern").map((inner) => `(?:${inner})`),
    tie("pattern").map((inner) => `(${inner})`),
    // Behind an empty group with flags the engine forgets which hold.
    tie("pattern").map((inner) => `(?i:b${inner})`),
    fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?"))
      .map(([inner, quantifier]) => `(?:${inner})${quantifier}`),
  ),
  pattern: fc.oneof(
    { depthSize: "small" },
    fc.array(tie("one"), { maxLength: 3 }).map((parts) => parts.join("")),
    fc.tuple(tie("one"), tie("one")).map(([left, right]) => `${left}|${right}`),
  ),
}));

Deno.test("LinearPattern finds what the engine of JavaScript finds", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "A", "B", "b", "c", ".", "1", "é", "É", "𝒳", "\n"),
    maxLength: 8,
  });
  fc.assert(
    fc.property(pattern, fc.array(text, { maxLength: 4 }), (source, texts) => {
      const found = new LinearPattern(source), wanted = new RegExp(source, "u");
      for (const text of texts) {
        assertEquals(found.test(text), wanted.test(text), `/${source}/ ${text}`);
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("LinearPattern takes no exponential time", () => {
  const text = `${"a".repeat(1024)}!`;
  for (const source of ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)*x", "^(?:a?){40}a{40}$"]) {
    // A backtracking engine would not be done in years.
    assertEquals(new LinearPattern(source).test(text), false, source);
  }
});

Deno.test("LinearPattern refuses what it cannot match in linear time, and what is too long", () => {
  const refused = {
    "(?=a)": "look ahead",
    "(?!a)b": "look ahead",
    "(?<=a)b": "behind",
    "(?<!a)b": "behind",
    "(?s:.)": "flags",
    "(?-i:a)": "flags",
    "(a)\\1": "References",
    "(?<n>a)\\k<n>": "References",
    "(?:a{1000}){1000}": "2000 steps",
    "(?:){9999}": "2000 steps",
    "(?:(?:(?:){2000}){2000}){2000}": "2000 steps",
    ["(".repeat(600) + "a" + ")".repeat(600)]: "longer than 1000",
    "(a": "Unterminated",
    "*": "Nothing to repeat",
    "a)": "Unmatched",
  };
  for (const [source, message] of Object.entries(refused)) {
    assertThrows(() => new LinearPattern(source), SyntaxError, message);
  }
  assert(new LinearPattern("(?<year>\\d{4})-\\d\\d").test("2026-03"));
});

/** Texts of `a` and `b` that have nothing in common. */
function letters(count: number): readonly string[] {
  let at = 1;
  const letter = () => (at = at * 48_271 % 2_147_483_647) & 8 ? "a" : "b";
  return Array.from({ length: count }, () => Array.from({ length: 1000 }, letter).join(""));
}

// The states of this one are the sets of places of the last `a`s: more than are remembered.
const MANY_STATES = "a[ab]{300}c";

Deno.test("LinearPattern finds the same, however many states it has forgotten", () => {
  const found = new LinearPattern(MANY_STATES), wanted = new RegExp(MANY_STATES, "u");
  for (const [i, text] of letters(20).map((text, i) => i % 2 === 0 ? `${text}c` : text).entries()) {
    assertEquals(found.test(text), wanted.test(text), `${i}`);
  }
});

Deno.test("LinearPattern forgets states, so its memory is bounded", async () => {
  // 150,000 states of some 300 numbers: above 100 MiB, if all were remembered.
  const program = `
    const { LinearPattern } = await import(${JSON.stringify(MODULE)});
    const pattern = new LinearPattern("${MANY_STATES}");
    ${letters}
    for (const text of letters(150)) pattern.test(text);
    globalThis.gc();
    const { heapUsed, external } = Deno.memoryUsage();
    console.log((heapUsed + external) / 2 ** 20, pattern.test("aba"));
  `;
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--v8-flags=--expose-gc", program],
  }).output();
  assert(success);
  const mib = parseFloat(new TextDecoder().decode(stdout));
  assert(mib < 40, `${mib} MiB`);
});

const MODULE = import.meta.resolve("../../lib/select/linear_pattern.ts");
