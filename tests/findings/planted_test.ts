import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { AnalysisOptions } from "../../lib/aggregates/analysis.ts";
import { findAll } from "../../lib/findings/find.ts";
import type { Finding } from "../../lib/findings/finding.ts";
import { analyze, countOf, findIn, firstAmong, minuteOf, range } from "./make_logs.ts";
import { type Plan, plantedLog, START } from "./planted_logs.ts";

const SEEDS = range(1, 8);

/** Checks what stands out in logs with the same fault, of several seeds. */
function checkPlanted(
  plan: Plan,
  check: (findings: readonly Finding[], seed: number) => void,
  options: Partial<AnalysisOptions> = {},
): void {
  for (const seed of SEEDS) check(findIn(plantedLog(seed, plan), options), seed);
}

function rulesOf(findings: readonly Finding[]): string[] {
  return findings.map(({ rule }) => rule);
}

function isBetween(minute: number, first: number, last: number): boolean {
  return minute >= first && minute <= last;
}

Deno.test("findAll finds nothing in healthy traffic", () => {
  for (const seed of range(1, 20)) {
    const analysis = analyze(plantedLog(seed));
    assert(analysis.lines.records() > 10_000);
    assertEquals(findAll(analysis), [], `seed ${seed}`);
  }
});

Deno.test("findAll finds nothing in traffic that comes and goes with the day", () => {
  const rate = (minute: number) => 30 * (1 + 0.9 * Math.sin(2 * Math.PI * minute / 1440));
  checkPlanted({ minutes: 1440, rate }, (findings, seed) => {
    assertEquals(findings, [], `seed ${seed}`);
  });
});

Deno.test("findAll finds nothing in a rush of requests that end as usual", () => {
  const rate = (minute: number) => isBetween(minute, 90, 99) ? 600 : 60;
  checkPlanted({ rate }, (findings, seed) => {
    assertEquals(findings, [], `seed ${seed}`);
  });
});

const refused = { endpoint: "/api/items", statusCode: 503 };

Deno.test("failure_burst comes first where an endpoint is overloaded for four minutes", () => {
  const plan: Plan = {
    fault: (record, minute, random) =>
      isBetween(minute, 90, 93) && record.endpoint === "/api/items" && random.next() < 0.95
        ? { ...record, statusCode: 503 }
        : record,
    // Whoever gets a 503 tries again.
    more: (minute) => Array(isBetween(minute, 90, 93) ? 20 : 0).fill(refused),
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["failure_burst"], `seed ${seed}`);
    const burst = firstAmong("failure_burst", findings);
    assertEquals([burst.endpoint, burst.status, burst.client], ["/api/items", 503, null]);
    assertEquals(burst.start, minuteOf(START + 90), `seed ${seed}`);
    assertEquals(burst.end, minuteOf(START + 94), `seed ${seed}`);
    assertEquals(burst.severity, "error");
    assert(burst.failed_requests > 20);
    assertAlmostEquals(burst.usual_error_rate, 0.004, 0.002);
  });
});

Deno.test("failure_burst names no endpoint where all of them are down for two minutes", () => {
  const plan: Plan = {
    fault: (record, minute) => isBetween(minute, 20, 21) ? { ...record, statusCode: 502 } : record,
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["failure_burst"], `seed ${seed}`);
    const burst = firstAmong("failure_burst", findings);
    assertEquals([burst.endpoint, burst.status, burst.client], [null, 502, null]);
    assertEquals([burst.start, burst.end], [minuteOf(START + 20), minuteOf(START + 22)]);
    assertEquals(burst.error_rate, 1);
  });
});

Deno.test("never_succeeds comes first where one route always fails", () => {
  const plan: Plan = {
    more: (_, random) =>
      random.next() < 0.8 ? [{ method: "POST", endpoint: "/api/legacy", statusCode: 410 }] : [],
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["never_succeeds"], `seed ${seed}`);
    const never = firstAmong("never_succeeds", findings);
    assertEquals([never.subject, never.distinct], ["POST /api/legacy", 1]);
    assert(never.failed_requests > 110 && never.share_of_failures > 0.6);
  });
});

Deno.test("failing_endpoint comes first where a quarter of one endpoint fails", () => {
  const plan: Plan = {
    fault: (record, _, random) =>
      record.endpoint === "/api/orders" && random.next() < 0.25
        ? { ...record, statusCode: 500 }
        : record,
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["failing_endpoint"], `seed ${seed}`);
    const failing = firstAmong("failing_endpoint", findings);
    assertEquals([failing.endpoint, failing.severity], ["/api/orders", "error"]);
    assertAlmostEquals(failing.error_rate, 0.25, 0.06);
    assertAlmostEquals(failing.error_rate_of_rest, 0.004, 0.003);
  });
});

Deno.test("steady_failures are said where a tenth of all requests fails all the time", () => {
  const plan: Plan = {
    fault: (record, _, random) => random.next() < 0.1 ? { ...record, statusCode: 500 } : record,
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["steady_failures"], `seed ${seed}`);
    const steady = firstAmong("steady_failures", findings);
    assertAlmostEquals(steady.error_rate, 0.104, 0.01);
  });
});

Deno.test("slow_burst is said of six minutes in which requests are slow", () => {
  const plan: Plan = {
    fault: (record, minute) =>
      isBetween(minute, 120, 125)
        ? { ...record, responseTimeUs: 20 * record.responseTimeUs! }
        : record,
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["slow_burst"], `seed ${seed}`);
    const slow = firstAmong("slow_burst", findings);
    assertEquals(slow.start, minuteOf(START + 120), `seed ${seed}`);
    assertEquals(slow.end, minuteOf(START + 126), `seed ${seed}`);
    assert(slow.slow_requests >= 0.9 * slow.slow_requests_in_all);
  });
});

Deno.test("noisy_client comes first where a scanner asks for what is not there", () => {
  const ip = "203.0.113.66";
  const plan: Plan = {
    more: (minute, random) =>
      isBetween(minute, 60, 64)
        ? Array.from({ length: 80 }, () => ({
          endpoint: `/${Math.floor(1e6 * random.next())}.php`,
          statusCode: 404,
          ip,
        }))
        : [],
  };
  checkPlanted(plan, (findings, seed) => {
    assertEquals(rulesOf(findings), ["noisy_client", "failure_burst"], `seed ${seed}`);
    const noisy = firstAmong("noisy_client", findings),
      burst = firstAmong("failure_burst", findings);
    assertEquals([noisy.ip, noisy.severity, noisy.windows], [ip, "error", 5]);
    assertEquals([noisy.requests, noisy.failed_requests], [400, 400]);
    assertEquals(noisy.window, minuteOf(START + 60));
    assertEquals(noisy.failed_endpoints.length, 3);
    assert(noisy.failed_endpoints_distinct >= 79);
    assertEquals([burst.client, burst.status, burst.endpoint], [ip, 404, null]);
    assertEquals([burst.start, burst.end], [minuteOf(START + 60), minuteOf(START + 65)]);
  });
});

Deno.test("silence is said where traffic stops for forty minutes", () => {
  const rate = (minute: number) => isBetween(minute, 70, 109) ? 0 : 60;
  checkPlanted({ rate }, (findings, seed) => {
    assertEquals(rulesOf(findings), ["silence"], `seed ${seed}`);
    const silence = firstAmong("silence", findings);
    assertEquals([silence.start, silence.end], [minuteOf(START + 70), minuteOf(START + 110)]);
    assertEquals([silence.windows, silence.more], [40, 0]);
    assertAlmostEquals(silence.due_requests, 2400, 200);
  });
});

Deno.test("threshold_parts_nobody is said where everyone is suspicious", () => {
  checkPlanted({}, (findings, seed) => {
    assertEquals(rulesOf(findings), ["threshold_parts_nobody"], `seed ${seed}`);
    const threshold = firstAmong("threshold_parts_nobody", findings);
    assertEquals([threshold.suspicious, threshold.clients], [60, 60]);
    assert(threshold.better !== null);
    const options = { suspiciousOver: threshold.better! };
    const analysis = analyze(plantedLog(seed), options);
    assertEquals(findAll(analysis), [], `seed ${seed}`);
    const { size } = analysis.answers.windows.suspiciousIps();
    assertEquals(size, threshold.suspicious_above_better);
    assert(isBetween(size, 1, 30), `${size}`);
  }, { suspiciousOver: 2 });
});

Deno.test("sparse_windows are said where few requests come, and a length that holds enough", () => {
  checkPlanted({ rate: () => 3 }, (findings, seed) => {
    assertEquals(rulesOf(findings), ["sparse_windows"], `seed ${seed}`);
    const sparse = firstAmong("sparse_windows", findings);
    assertEquals([sparse.better_seconds, sparse.window_seconds], [300, 60]);
    const records = plantedLog(seed, { rate: () => 3 });
    assertEquals(countOf("sparse_windows", records, { windowUs: 300_000_000 }), 0);
  });
});
