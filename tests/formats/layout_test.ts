import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { learnLayout } from "../../lib/formats/learn_layout.ts";
import { OWN_FORMAT } from "../../lib/formats/own_format.ts";

const LINE =
  '{"method":"GET","endpoint":"/","status_code":"200","ip":"::1","timestamp":"2025-12-24T00:00:00"}';

Deno.test("learnLayout() gives equal layouts for lines that differ in values alone", () => {
  const layout = learnLayout(LINE, OWN_FORMAT.keys);
  assertEquals(
    layout,
    learnLayout(LINE.replace("GET", 'a \\" b').replace("200", "404"), OWN_FORMAT.keys),
  );
  const others = [
    LINE.replace(":", ": "),
    LINE.replace('"200"', "200"),
    `${LINE} `,
    LINE.replace("}", ',"cached":true}'),
    LINE.replace("}", ',"cached":false}'),
    LINE.replace("}", ',"bytes":1}'),
    LINE.replace("method", "methoD"),
  ];
  const signatures = new Set(others.map((line) => learnLayout(line, OWN_FORMAT.keys)?.signature));
  assertEquals(signatures.size, others.length);
  assert(!signatures.has(layout?.signature));
});

Deno.test("learnLayout() has one slot for objects and arrays, whatever is in them", () => {
  const learn = (value: string) =>
    learnLayout(LINE.replace("}", `,"a":${value}}`), OWN_FORMAT.keys);
  const layout = learn("{}");
  assertEquals(layout?.slots.at(-1), { to: "other", as: "value" });
  for (const value of ["[]", '{"b":[1,{"c":"}"}]}', '["\\"]",{}]', '[ {"ip":"x"} ]']) {
    assertEquals(learn(value), layout, value);
  }
});

Deno.test("learnLayout() learns nothing of a key that stands twice", () => {
  for (const more of ['"ip":"x"', '"a":1,"a":2', '"\\u0069p":"x"']) {
    assertEquals(learnLayout(LINE.replace("}", `,${more}}`), OWN_FORMAT.keys), undefined, more);
  }
});

Deno.test("learnLayout() keeps what stands between values, to the last byte", () => {
  const line = ' {\t"ñ" : "x" , "method":-1.5e3 } ';
  const { literals, slots } = learnLayout(line, OWN_FORMAT.keys)!;
  const decoder = new TextDecoder();
  assertEquals(literals.map((bytes) => decoder.decode(bytes)), [
    ' {\t"ñ" : "',
    '" , "method":',
    " } ",
  ]);
  assertNotEquals(slots[0], slots[1]);
});
