import { fuzz } from "./fuzz.ts";

Deno.test("the analyzer keeps its laws on a few hundred hostile inputs", async () => {
  await fuzz({ runs: 500, seed: 20251224 });
});
