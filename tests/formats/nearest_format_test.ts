import { assert, assertEquals } from "@std/assert";
import { FORMATS } from "../../lib/formats/known_formats.ts";
import { nearestFormat } from "../../lib/formats/nearest_format.ts";

/** The name of the nearest format, and the line from where it departs on. */
function nearestOf(line: string): [name: string, rest: string] | undefined {
  const nearest = nearestFormat(line);
  return nearest && [nearest.format.name, line.slice(nearest.at)];
}

Deno.test("nearestFormat() says where a line departs from the format that it is most like", () => {
  const before = "192.0.2.1 - jane ";
  for (
    const rest of [
      '25/Nov/2026:18:00:00 +0000 "GET / HTTP/1.1" 200 5',
      '[now] "GET / HTTP/1.1" 200 5',
    ]
  ) {
    const [name, found] = nearestOf(before + rest)!;
    assertEquals([name, found], ["combined", rest.startsWith("[") ? rest.slice(1) : rest]);
  }
});

Deno.test("nearestFormat() names the keys that a line of JSON lacks", () => {
  const line =
    '{"method":"GET","endpoint":"/","status_code":"200","timestamp":"2026-11-25T18:00:00"}';
  const nearest = nearestFormat(line)!;
  assertEquals(nearest.format.name, "ndjson");
  assertEquals(nearest.missing, ["ip", "response_time", "user_agent"]);
});

Deno.test("nearestFormat() finds none for a line that is like nothing", () => {
  for (const line of ["", "oops", "[]", "null", '{"a":1}', "Listening on port 80"]) {
    assertEquals(nearestOf(line), undefined, line);
  }
});

Deno.test("nearestFormat() finds each format by its own sample", () => {
  for (const { name, samples: [[sample]] } of FORMATS) {
    const nearest = nearestFormat(sample)!;
    assert(nearest !== undefined, name);
    assert(nearest.at === sample.length || sample.startsWith("{"), name);
  }
});

Deno.test("nearestFormat() takes time in proportion to a line of any kind", () => {
  for (const piece of ['"', "\\", '"\\', "a", "1.", "[", "25/Nov/", '"GET ', "{"]) {
    const start = performance.now();
    nearestFormat(piece.repeat(2 ** 18));
    assert(performance.now() - start < 1000, piece);
  }
});
