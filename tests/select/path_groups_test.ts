import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { parsePathPattern, PathGroups, type PathOptions } from "../../lib/select/path_groups.ts";

function rewrite(endpoint: string, options: Partial<PathOptions> = { groups: true }): string {
  const all = { stripsQuery: false, groups: false, patterns: [], keepsPathOnly: false, ...options };
  return new PathGroups(all).rewrite(endpoint);
}

Deno.test("--group replaces what names one thing of many, and no words", () => {
  const cases: Readonly<Record<string, string>> = {
    "/api/tasks/476": "/api/tasks/:id",
    "/476": "/:id",
    "/476/": "/:id/",
    "/1/2": "/:id/:id",
    "/a/476?page=2": "/a/:id?page=2",
    "/v2/x86": "/v2/x86",
    "/3f2504e0-4f89-11d3-9a0c-0305e82c3301/x": "/:uuid/x",
    "/3F2504E0-4F89-11D3-9A0C-0305E82C3301": "/:uuid",
    "/3f2504e0-4f89-11d3-9a0c0-305e82c3301": "/3f2504e0-4f89-11d3-9a0c0-305e82c3301",
    "/c/1eadbeef": "/c/:hex",
    "/c/1EADBEEF": "/c/:hex",
    "/c/1eadbee": "/c/1eadbee",
    "/c/deadbeef": "/c/deadbeef",
    "/2026-03-02/x": "/:date/x",
    "/2026-3-02": "/2026-3-02",
    "/2026-a3-02": "/2026-a3-02",
    "/20-2603-02": "/20-2603-02",
    "/3f2504e0-4f89-11d3-9a0c-0305e82c33zz": "/3f2504e0-4f89-11d3-9a0c-0305e82c33zz",
    "/dGhpcyBpcyBhIHRva2Vu9": "/:token",
    "/dGhpcyBpcyBhIHRva2V9": "/:token",
    "/dGhpcyBpcyBhIHRva29": "/dGhpcyBpcyBhIHRva29",
    "/thisisalongword-and-another-1": "/thisisalongword-and-another-1",
    "/chunk-Hd7f-0123456789AB": "/:token",
    "/dl/MyApplication-1.2.3.tar.gz": "/dl/MyApplication-1.2.3.tar.gz",
    "/css/bootstrap.min.A1b2c3D4.css": "/css/bootstrap.min.A1b2c3D4.css",
    "/dGhpcyBpcyBh+HRva2Vu9A==": "/:token",
    "/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee": "/:uuid",
    "/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeeg": "/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeeg",
    "/2026-13-02": "/2026-13-02",
    "/2026-00-02": "/2026-00-02",
    "/2026-12-31": "/:date",
    "/2026-12-32": "/2026-12-32",
    "/2026-12-00": "/2026-12-00",
    "/wp-login.php": "/wp-login.php",
    "/é/7": "/é/:id",
    "/": "/",
    "//7": "//:id",
    "": "",
    "-": "-",
    "*": "*",
    "/?7": "/?7",
    "/a?b/7": "/a?b/7",
    "http://192.0.2.7/8": "http://192.0.2.7/8",
    "/:id": "/:id",
  };
  for (const [endpoint, wanted] of Object.entries(cases)) {
    assertEquals(rewrite(endpoint), wanted, endpoint);
  }
});

Deno.test("--strip-query leaves out what follows the first ?", () => {
  const stripped = (endpoint: string) => rewrite(endpoint, { stripsQuery: true });
  assertEquals(["/a?b?c", "/a", "/?", "?a"].map(stripped), ["/a", "/a", "/", "?a"]);
  assertEquals(rewrite("/7?x", { stripsQuery: true, groups: true }), "/:id");
});

Deno.test("--absolute-urls path keeps the path, or / where there is none", () => {
  const path = (endpoint: string) => rewrite(endpoint, { keepsPathOnly: true });
  assertEquals(
    ["http://h/a?b", "https://h:8080", "http://h?q", "/http://h/a", "ftp.example", "h:443"].map(
      path,
    ),
    ["/a?b", "/", "/?q", "/http://h/a", "ftp.example", "h:443"],
  );
  assertEquals(rewrite("HTTP://h/7", { keepsPathOnly: true, groups: true }), "/:id");
});

Deno.test("--group-pattern comes before --group, and the first that matches counts", () => {
  const patterns = ["/u/:name", "/u/*", "/x/7"].map(parsePathPattern);
  const grouped = (endpoint: string) => rewrite(endpoint, { patterns, groups: true });
  assertEquals(
    ["/u/ada", "/u/ada?x", "/u/", "/u", "/u/7/8", "/x/7", "/x/8", "/y/9"].map(grouped),
    ["/u/:name", "/u/:name?x", "/u/*", "/u/*", "/u/*", "/x/7", "/x/:id", "/y/:id"],
  );
  const all = { patterns: [parsePathPattern("/*")], keepsPathOnly: true };
  assertEquals(["/", "http://h", "http://h?q", "http://h/a", "*"].map((one) => rewrite(one, all)), [
    ...["/*", "/*", "/*?q", "/*", "*"],
  ]);
});

Deno.test("A pattern of paths that is none is refused", () => {
  for (
    const [pattern, message] of [
      ["u/:name", "does not begin with /"],
      ["/*/x", "not its last segment"],
      ["/a*", "not its last segment"],
      ["/:/x", "without a name"],
      ["/a?b", "a path ends before it"],
    ] as const
  ) {
    assertThrows(() => parsePathPattern(pattern), SyntaxError, message);
  }
});

Deno.test("To rewrite twice is to rewrite once", () => {
  const segment = fc.oneof(
    fc.constantFrom("7", "476", ":id", "v1", "", "1eadbeef", "2026-03-02", "http:", "a?b", "…"),
    fc.string({ maxLength: 24 }),
    fc.uuid(),
  );
  fc.assert(fc.property(
    fc.tuple(fc.constantFrom("", "http://h"), fc.array(segment, { maxLength: 4 }))
      .map(([origin, parts]) =>
        `${origin}${parts.map((part) => `/${part}`).join("")}`.toWellFormed()
      ),
    fc.boolean(),
    fc.subarray(["/u/:name", "/7/*", "/", "/*"]),
    (endpoint, stripsQuery, texts) => {
      const patterns = texts.map(parsePathPattern);
      const options = { groups: true, stripsQuery, patterns, keepsPathOnly: true };
      const once = rewrite(endpoint, options);
      assertEquals(rewrite(once, options), once);
    },
  ));
});
