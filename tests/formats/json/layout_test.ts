import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { OWN_FORMAT } from "../../../lib/formats/json/own_format.ts";

const LINE =
  '{"method":"GET","endpoint":"/","status_code":"200","ip":"::1","timestamp":"2025-12-24T00:00:00"}';

Deno.test("learnLayout() gives equal layouts for lines that differ in values alone", () => {
  const layout = OWN_FORMAT.learn(LINE);
  assertEquals(
    layout,
    OWN_FORMAT.learn(LINE.replace("GET", 'a \\" b').replace("200", "404")),
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
  const signatures = new Set(others.map((line) => OWN_FORMAT.learn(line)?.signature));
  assertEquals(signatures.size, others.length);
  assert(!signatures.has(layout?.signature));
});

Deno.test("learnLayout() has one slot for objects and arrays, whatever is in them", () => {
  const learn = (value: string) => OWN_FORMAT.learn(LINE.replace("}", `,"a":${value}}`));
  const layout = learn("{}");
  assertEquals(layout?.slots.at(-1), { to: "other", as: "value" });
  for (const value of ["[]", '{"b":[1,{"c":"}"}]}', '["\\"]",{}]', '[ {"ip":"x"} ]']) {
    assertEquals(learn(value), layout, value);
  }
});

Deno.test("learnLayout() learns nothing of a key that stands twice", () => {
  for (const more of ['"ip":"x"', '"a":1,"a":2', '"\\u0069p":"x"']) {
    assertEquals(OWN_FORMAT.learn(LINE.replace("}", `,${more}}`)), undefined, more);
  }
});

Deno.test("learnLayout() keeps what stands between values, to the last byte", () => {
  const line = ' {\t"ñ" : "x" , "method":-1.5e3 } ';
  const { literals, slots } = OWN_FORMAT.learn(line)!;
  const decoder = new TextDecoder();
  assertEquals(literals.map((bytes) => decoder.decode(bytes)), [
    ' {\t"ñ" : "',
    '" , "method":',
    " } ",
  ]);
  assertNotEquals(slots[0], slots[1]);
});
