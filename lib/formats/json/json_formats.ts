import { type FormatOutcome, type ReadingOptions, USUAL_READING } from "../description/format.ts";
import { CADDY } from "./caddy.ts";
import {
  AKAMAI,
  API_GATEWAY,
  AZURE_FRONT_DOOR,
  AZURE_GATEWAY,
  AZURE_GATEWAY_1,
  CLOUDFLARE,
  GOOGLE_CLOUD,
  KONG,
} from "./cloud_json.ts";
import { ECS, OPEN_TELEMETRY, SS4O } from "./ecs.ts";
import { ENVOY_GATEWAY, ENVOY_JSON } from "./envoy_json.ts";
import { ECHO, GIN_ZAP, LOGRAGE, SERILOG, ZEEK_JSON } from "./framework_json.ts";
import type { Keep } from "./condense_json.ts";
import { jsonFormat, type JsonReader } from "./json_format.ts";
import { keepOf } from "./keep_of.ts";
import {
  BUNYAN,
  EXPRESS_BUNYAN,
  EXPRESS_WINSTON,
  FASTIFY,
  PINO_HTTP,
  RESTIFY,
} from "./node_json.ts";
import { type JsonObject, parseJson } from "./parse_json.ts";
import { PLAIN_JSON } from "./plain_json.ts";
import { readObject } from "./read_object.ts";
import { TRAEFIK } from "./traefik.ts";

/** The most special come first: what they have others may have too. */
const DESCRIPTIONS = [
  CADDY,
  TRAEFIK,
  ENVOY_JSON,
  ENVOY_GATEWAY,
  CLOUDFLARE,
  GOOGLE_CLOUD,
  AZURE_GATEWAY_1,
  AZURE_GATEWAY,
  AZURE_FRONT_DOOR,
  KONG,
  RESTIFY,
  EXPRESS_BUNYAN,
  BUNYAN,
  FASTIFY,
  PINO_HTTP,
  EXPRESS_WINSTON,
  SERILOG,
  SS4O,
  ECS,
  OPEN_TELEMETRY,
  AKAMAI,
  API_GATEWAY,
  ZEEK_JSON,
  ECHO,
  GIN_ZAP,
  LOGRAGE,
  PLAIN_JSON,
];

/** The formats of JSON but the project's own, in the order in which they are tried. */
export const JSON_FORMATS: readonly JsonReader[] = DESCRIPTIONS.map((json, i) =>
  jsonFormat(json, DESCRIPTIONS.slice(0, i))
);

/** Keeps of a long line what any of the formats looks at. */
export const KEEP: Keep = keepOf(DESCRIPTIONS);

/** A format of JSON, and what a line is in it. */
export interface JsonDetection {
  /** The format. */
  readonly format: JsonReader;
  /** What the line is. */
  readonly outcome: FormatOutcome;
}

/**
 * Finds the format of a line that is JSON. The line is parsed once for all formats.
 *
 * @param line A line without its terminator.
 * @param how What it is read with.
 * @returns The format and what the line is in it; `undefined` if no format has such lines.
 */
export function detectJson(line: string, how: ReadingOptions): JsonDetection | undefined {
  const object = parseJson(line, KEEP);
  return object === undefined ? undefined : detectObject(object, how);
}

/**
 * Finds the format of an object.
 *
 * @param object The object.
 * @param how What it is read with.
 * @param formats The formats to try, in order.
 * @returns The format and what the object is in it; `undefined` if no format has such objects.
 */
export function detectObject(
  object: JsonObject,
  how: ReadingOptions = USUAL_READING,
  formats: readonly JsonReader[] = JSON_FORMATS,
): JsonDetection | undefined {
  for (const format of formats) {
    const outcome = readObject(format.json, object, how);
    if (outcome !== undefined) return { format, outcome };
  }
  return undefined;
}
