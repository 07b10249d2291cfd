import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  showAboutTime,
  showCount,
  showDuration,
  showNoun,
  showPercent,
  showRate,
  showTime,
} from "../../../lib/report/renderers/figures.ts";

Deno.test("showCount() and showNoun() separate thousands and know one from many", () => {
  assertEquals([0, 999, 1234567].map(showCount), ["0", "999", "1,234,567"]);
  assertEquals([0, 1, 2].map((n) => showNoun(n, "line")), ["0 lines", "1 line", "2 lines"]);
});

Deno.test("showTime() has three digits and the unit of a person", () => {
  const times = [0, 0.001, 0.25, 1, 20, 387.584, 999.6, 3000, 1441.395, 59_970, 90_000, 1e12];
  assertEquals(times.map(showTime), [
    ...["0 ms", "1 µs", "250 µs", "1 ms", "20 ms", "388 ms", "1 s", "3 s", "1.44 s", "1 min"],
    ...["1.5 min", "16,700,000 min"],
  ]);
});

Deno.test("showAboutTime() always has three digits, as an estimate has no more", () => {
  assertEquals([0.001, 12, 12.345, 190, 999.6, 2799.947, 3000].map(showAboutTime), [
    ...["~1.00 µs", "~12.0 ms", "~12.3 ms", "~190 ms", "~1.00 s", "~2.80 s", "~3.00 s"],
  ]);
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
    "100 %",
  ]);
});

Deno.test("showDuration() has the three largest parts, without those that are zero", () => {
  const shown = [0, 1, 999, 1000, 1500, 61_000, 3_600_000, 90_061_001].map(showDuration);
  assertEquals(shown, ["0ms", "1ms", "999ms", "1s", "1.5s", "1m 1s", "1h", "1d 1h 1m"]);
});

Deno.test("showRate() takes the shortest unit of time with one request in it", () => {
  const hour = 3_600_000;
  const shown = [[7200, hour], [60, hour], [2, hour], [2, 24 * hour], [2, 80 * 24 * hour]] as const;
  assertEquals(shown.map(([requests, ms]) => showRate(requests, ms)), [
    "2/s",
    "1/min",
    "2/h",
    "2/d",
    "0.025/d",
  ]);
});

Deno.test("figures are grouped and rounded as the engine does it for English", () => {
  const figure = fc.oneof(fc.nat(200), fc.nat(2 ** 31), fc.integer({ min: 0, max: 2 ** 53 - 1 }));
  const half = fc.nat(19).map((tenths) => 50 * tenths);
  fc.assert(fc.property(figure, fc.oneof(half, fc.nat(999)), (whole, thousandths) => {
    assertEquals(showCount(whole), whole.toLocaleString("en-US"));
    const ms = (whole % 1e6 * 1000 + thousandths) / 1000;
    const digits = (ms: number) => ms.toLocaleString("en-US", { maximumSignificantDigits: 3 });
    if (ms >= 1 && ms < 999) assertEquals(showTime(ms), `${digits(ms)} ms`);
    if (ms >= 60_000) assertEquals(showTime(ms), `${digits(ms / 60_000)} min`);
  }));
});
