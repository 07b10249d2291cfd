import { QUESTION_NAMES, type QuestionName, QUESTIONS } from "../aggregates/questions.ts";
import { MAX_TIMED_STEPS } from "../aggregates/response_times.ts";
import { STATE_FORMAT } from "./state.ts";

type Schema = Readonly<Record<string, unknown>>;

const COUNT: Schema = { type: "integer", minimum: 0 };
const POSITIVE: Schema = { type: "integer", minimum: 1 };
const INTEGER: Schema = { type: "integer" };
const TEXT: Schema = { type: "string" };
const CHECKSUM: Schema = { type: "string", pattern: "^[0-9a-f]{16}$" };

/** An object with all required members, perhaps some optional ones, and no others. */
function object(required: Schema, optional: Schema = {}): Schema {
  return {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

const OUTCOMES = object({}, {
  requests: list(COUNT),
  failed_4xx: list(COUNT),
  failed_5xx: list(COUNT),
  failed_other: list(COUNT),
  slow: list(COUNT),
});
const TIME_SUMS = object({}, { counts: list(COUNT), low: list(COUNT), high: list(COUNT) });
const HEAVY_HITTERS = object({ missing: COUNT, counts: list(COUNT) }, {
  numbers: list(INTEGER),
  texts: list(TEXT),
  errors: list(COUNT),
});
const PAIRS = object({
  missing: COUNT,
  texts: list(TEXT),
  numbers: list(INTEGER),
  sizes: list(POSITIVE),
  keys: list(COUNT),
  counts: list(POSITIVE),
}, { errors: list(COUNT) });
const DURATIONS: Schema = {
  oneOf: [
    object({ values: list(COUNT) }),
    object({
      min: COUNT,
      max: COUNT,
      total: { type: "string", pattern: "^\\d{1,40}$" },
      zeros: COUNT,
      first: INTEGER,
      counts: list(INTEGER),
    }),
  ],
};
const REQUEST = object({
  texts: { ...list(TEXT), minItems: 2, maxItems: 2 },
  response_time: COUNT,
  timestamp: INTEGER,
});

/** The JSON form of the answer to each question. */
const ANSWERS: Readonly<Record<QuestionName, Schema>> = {
  span: { ...list(INTEGER), maxItems: 2 },
  outcomes: OUTCOMES,
  extremes: { ...list(REQUEST), maxItems: 2 },
  kinds: object({
    methods: HEAVY_HITTERS,
    statuses: {
      type: "object",
      patternProperties: { "^[1-9]\\d\\d$": POSITIVE },
      additionalProperties: false,
    },
  }),
  responseTimes: object({
    step: POSITIVE,
    indexes: { ...list(INTEGER), maxItems: MAX_TIMED_STEPS },
    times: list(DURATIONS),
  }),
  endpoints: object({
    keys: HEAVY_HITTERS,
    outcomes: OUTCOMES,
    times: list(DURATIONS),
    routes: object({
      methods: list(TEXT),
      sizes: list(COUNT),
      kinds: list({ type: "integer", minimum: 100 }),
      counts: list(POSITIVE),
    }, { others: list(COUNT) }),
    requests: COUNT,
    failed: COUNT,
    slow: COUNT,
    without_endpoint: COUNT,
  }, { failed_times: list(DURATIONS) }),
  clients: object({ keys: HEAVY_HITTERS, failed: list(COUNT), without_client: COUNT }, {
    distinct: object({ registers: list(INTEGER) }),
  }),
  windows: object({
    worst: HEAVY_HITTERS,
    outcomes: OUTCOMES,
    times: TIME_SUMS,
    requests: COUNT,
    pairs: PAIRS,
    failures: PAIRS,
  }),
  timeline: object({ step: POSITIVE, indexes: list(INTEGER), outcomes: OUTCOMES }),
};

const ANALYSIS = object({
  lines: object({
    records: COUNT,
    blank: COUNT,
    context: COUNT,
    assumed_zone: COUNT,
    rejected: { type: "object", additionalProperties: POSITIVE },
  }, { filtered: POSITIVE }),
  bytes: COUNT,
  has_cut_keys: { type: "boolean" },
  ...Object.fromEntries(QUESTION_NAMES.map((name) => [QUESTIONS[name].inState, ANSWERS[name]])),
});

/**
 * The JSON Schema, draft 2020-12, of a state, see {@linkcode State} in `state.ts`. It cannot express that
 * columns have a row for each key, and that the checksum is right.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export const STATE_SCHEMA: Readonly<Record<string, unknown>> = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "State of an HTTP log analysis",
  ...object({
    state: { const: STATE_FORMAT },
    settings: object({
      window: POSITIVE,
      suspicious: COUNT,
      slow: COUNT,
      max_endpoints: POSITIVE,
      max_clients: POSITIVE,
      max_windows: POSITIVE,
      max_pairs: POSITIVE,
      exact_percentiles_up_to: COUNT,
      client: { enum: ["first", "last"] },
    }, { selection: { ...TEXT, minLength: 1 } }),
    shards: list(object({ id: TEXT, lines: COUNT, bytes: COUNT, checksum: CHECKSUM })),
    unnamed: COUNT,
    analysis: ANALYSIS,
    checksum: CHECKSUM,
  }),
};
