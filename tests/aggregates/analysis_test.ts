import { assertThrows } from "@std/assert";
import { Analysis } from "../../lib/aggregates/analysis.ts";

Deno.test("Analysis merge() rejects other options, naming them", () => {
  const options = { windowUs: 60_000_000, suspiciousOver: 25 };
  const analysis = new Analysis(options);
  assertThrows(
    () => analysis.merge(new Analysis({ ...options, windowUs: 1_000_000 })),
    RangeError,
    "windowUs is 60000000 in one, 1000000 in the other",
  );
  assertThrows(
    () => analysis.merge(new Analysis({ ...options, suspiciousOver: 1 })),
    RangeError,
    "suspiciousOver is 25 in one, 1 in the other",
  );
  for (const name of ["maxEndpoints", "maxClients", "maxWindows", "maxPairs"]) {
    assertThrows(
      () => analysis.merge(new Analysis({ ...options, [name]: 7 })),
      RangeError,
      `${name} is `,
    );
  }
});
