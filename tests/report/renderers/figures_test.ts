import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  showAboutMs,
  showCount,
  showDuration,
  showInstant,
  showMs,
  showNoun,
  showPercent,
  showRange,
  showRate,
} from "../../../lib/report/renderers/figures.ts";

Deno.test("showCount() and showNoun() separate thousands and know one from many", () => {
  assertEquals([0, 999, 1234567].map(showCount), ["0", "999", "1,234,567"]);
  assertEquals([0, 1, 2].map((n) => showNoun(n, "line")), ["0 lines", "1 line", "2 lines"]);
});

Deno.test("showMs() is exact to the microsecond", () => {
  assertEquals([0, 0.001, 20, 1234.5].map(showMs), ["0 ms", "0.001 ms", "20 ms", "1,234.5 ms"]);
});

Deno.test("showAboutMs() has no more digits than it knows", () => {
  assertEquals([0.001, 12.345, 2799.947].map(showAboutMs), ["~0.001 ms", "~12.3 ms", "~2,800 ms"]);
});

Deno.test("showPercent() says 0 and 100 only of nothing and all", () => {
  const shown = [0, 1e-9, 0.0004, 0.0005, 0.5, 0.9994, 0.9999, 1].map(showPercent);
  assertEquals(shown, [
    "0.0 %",
    "< 0.1 %",
    "< 0.1 %",
    "0.1 %",
    "50.0 %",
    "99.9 %",
    "> 99.9 %",
    "100.0 %",
  ]);
});

Deno.test("showDuration() drops parts that are zero", () => {
  const shown = [0, 1, 999, 1000, 61_000, 3_600_000, 90_061_001].map(showDuration);
  assertEquals(shown, ["0s", "1ms", "999ms", "1s", "1m 1s", "1h", "1d 1h 1m 1s"]);
});

Deno.test("showInstant() has only decimals that tell", () => {
  assertEquals(showInstant("2025-12-24T00:00:00Z"), "2025-12-24 00:00:00");
  assertEquals(showInstant("2025-12-24T00:00:00.000000Z"), "2025-12-24 00:00:00");
  assertEquals(showInstant("2025-12-24T00:00:00.001000Z"), "2025-12-24 00:00:00.001");
});

Deno.test("showRange() names the second date only if it differs", () => {
  const end = "2025-12-24T00:01:00Z";
  assertEquals(showRange("2025-12-24T00:00:00Z", end), "2025-12-24 00:00:00 – 00:01:00");
  assertEquals(
    showRange("2025-12-23T23:59:00Z", "2025-12-24T00:00:00Z"),
    "2025-12-23 23:59:00 – 2025-12-24 00:00:00",
  );
});

Deno.test("showRate() takes the shortest unit of time with one request in it", () => {
  const hour = 3_600_000;
  const shown = [[7200, hour], [60, hour], [2, hour], [2, 24 * hour], [2, 80 * 24 * hour]] as const;
  assertEquals(shown.map(([requests, ms]) => showRate(requests, ms)), [
    "2 requests/s",
    "1 request/min",
    "2 requests/h",
    "2 requests/d",
    "0.025 requests/d",
  ]);
});

Deno.test("figures are grouped and rounded as the engine does it for English", () => {
  const figure = fc.oneof(fc.nat(200), fc.nat(2 ** 31), fc.integer({ min: 0, max: 2 ** 53 - 1 }));
  const half = fc.nat(19).map((tenths) => 50 * tenths);
  fc.assert(fc.property(figure, fc.oneof(half, fc.nat(999)), (whole, thousandths) => {
    assertEquals(showCount(whole), whole.toLocaleString("en-US"));
    const ms = (whole % 1e12 * 1000 + thousandths) / 1000;
    assertEquals(showMs(ms), `${ms.toLocaleString("en-US", { maximumFractionDigits: 3 })} ms`);
    const digits = ms.toLocaleString("en-US", { maximumSignificantDigits: 3 });
    assertEquals(showAboutMs(ms), `~${digits} ms`);
  }));
});
