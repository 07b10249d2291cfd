import { Rejection } from "../../../schema.ts";
import { toClientAddress } from "../description/client_address.ts";
import { decimalToUs } from "../description/duration.ts";
import type { FormatOutcome, ReadingOptions } from "../description/format.ts";
import { readEpoch, readTime } from "../description/read_time.ts";
import type { Target } from "../description/shapes.ts";
import type { Field } from "./part.ts";
import type { TemplateLine } from "./template_line.ts";

const MAX_RESPONSE_TIME_US = 1e15;
const NONE = "-";
const REQUEST = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+) (.+)$/s;
const METHOD = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const PROTOCOL = / HTTP\/\d(?:\.\d+)?$/;
const PORT = /:\d{1,5}$/;

/**
 * Reads the values of a line as a record.
 *
 * @param line How lines are written.
 * @param values The values, as they stand.
 * @param how What the line is read with.
 */
export function readValues(
  line: TemplateLine,
  values: readonly string[],
  how: ReadingOptions,
): FormatOutcome {
  const facts = new Map<Target, readonly [field: Field, value: string]>();
  for (const [i, { field, isQuoted }] of line.values.entries()) {
    if (field.to === "other") continue;
    const value = values[i]!;
    facts.set(field.to, [field, line.isJson && isQuoted ? decode(value) : value]);
  }
  const valueOf = (to: Target) => facts.get(to)?.[1] ?? NONE;
  const status = valueOf("status");
  if (!/^[1-9]\d\d$/.test(status)) return new Rejection("bad_status", "status");
  const time = timeOf(facts.get("timestamp")!, how);
  if (time === undefined) return new Rejection("bad_timestamp", "timestamp");
  const [method, endpoint] = facts.has("request")
    ? splitRequest(valueOf("request"))
    : [METHOD.exec(valueOf("method"))?.[0] ?? NONE, valueOf("endpoint")];
  return {
    method: method.toWellFormed(),
    endpoint: endpoint.toWellFormed() || NONE,
    statusCode: Number(status),
    ip: clientOf(facts.get("ip"), how).toWellFormed(),
    responseTimeUs: durationOf(facts.get("responseTime")),
    userAgent: how.keepsAgent ? agentOf(valueOf("userAgent")) : undefined,
    timestampUs: time.us,
    ...time.isZoneAssumed ? { isZoneAssumed: true } : {},
  };
}

function agentOf(value: string): string | undefined {
  return value === "" || value === NONE ? undefined : value.toWellFormed();
}

/** Decodes the escapes of JSON; those of another kind stay as they stand. */
function decode(value: string): string {
  if (!value.includes("\\")) return value;
  try {
    return JSON.parse(`"${value}"`);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

function timeOf([{ as, unit }, value]: readonly [Field, string], how: ReadingOptions) {
  return as === "epoch" ? readEpoch(value, unit) : readTime(value, how);
}

function splitRequest(request: string): readonly [method: string, endpoint: string] {
  const [, method = NONE, rest = ""] = REQUEST.exec(request) ?? [];
  return [method, rest.replace(PROTOCOL, "")];
}

function clientOf(
  found: readonly [Field, string] | undefined,
  { client }: ReadingOptions,
): string {
  if (found === undefined) return NONE;
  const [{ as }, value] = found;
  const address = client === "last" ? value.slice(value.lastIndexOf(",") + 1).trim() : value;
  return toClientAddress(as === "peer" ? address.replace(PORT, "") : address) || NONE;
}

function durationOf(found: readonly [Field, string] | undefined): number | undefined {
  if (found === undefined) return undefined;
  const [{ unit }, value] = found;
  const us = decimalToUs(value.replace(/^\+/, ""), unit!);
  return us === undefined || us > MAX_RESPONSE_TIME_US ? undefined : us;
}
