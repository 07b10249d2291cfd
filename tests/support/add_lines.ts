import type { Analysis } from "../../lib/aggregates/analysis.ts";
import type { LineOutcome } from "../../lib/formats/description/format.ts";
import { RecordGatherer } from "../../lib/records/record_gatherer.ts";
import { Rejection } from "../../schema.ts";

/** Adds the outcomes of lines to an analysis, in their order. */
export function addLines(analysis: Analysis, outcomes: Iterable<LineOutcome>): void {
  const records = new RecordGatherer(analysis);
  for (const outcome of outcomes) {
    if (outcome === "blank") analysis.lines.addBlank();
    else if (outcome === "context") analysis.lines.addContext();
    else if (outcome instanceof Rejection) analysis.lines.addRejected(outcome.reason);
    else {
      records.add(outcome);
      if (outcome.isZoneAssumed) analysis.lines.addAssumedZone(1);
    }
  }
  records.flush();
}
