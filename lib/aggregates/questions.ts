import type { RecordBatch } from "../records/record_batch.ts";
import type { Aggregate } from "./aggregate.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { Clients, type ClientsOptions } from "./clients.ts";
import { Endpoints, type EndpointsOptions } from "./endpoints.ts";
import { Extremes } from "./extremes.ts";
import { Kinds } from "./kinds.ts";
import { Outcomes } from "./outcomes.ts";
import { ResponseTimes } from "./response_times.ts";
import { Span } from "./span.ts";
import { Timeline } from "./timeline.ts";
import { Windows } from "./windows.ts";

/** All questions that are asked of a log, each with the aggregate that answers it. */
export interface Questions {
  /** When did the first and the last request come? */
  readonly span: Span;
  /** How many requests were there, and how did they end? */
  readonly outcomes: Outcomes;
  /** Which request was the fastest, which the slowest? */
  readonly extremes: Extremes;
  /** Which methods and statuses came, and how often? */
  readonly kinds: Kinds;
  /** How long did requests take, in all and over time? */
  readonly responseTimes: ResponseTimes;
  /** How is each endpoint doing? */
  readonly endpoints: Endpoints;
  /** How many clients were there, and which were the busiest? */
  readonly clients: Clients;
  /** Which window was the worst, and which clients were over the limit in which window? */
  readonly windows: Windows;
  /** How many requests came in each step of time? */
  readonly timeline: Timeline;
}

/** The name of a question. */
export type QuestionName = keyof Questions;

/** The options that aggregates are made with. */
export interface QuestionOptions extends Required<AnalysisOptions> {
  /** Is called with each slot of {@linkcode Clients} or {@linkcode Endpoints} that gets a new key. */
  readonly onNewKey?: (kind: "clients" | "endpoints", slot: number) => void;
}

/** How to make the aggregate that answers a question. */
export interface Question<Answer> {
  /** The member of a state that holds its JSON form. */
  readonly inState: string;
  /** Makes the aggregate of no records. */
  make(options: QuestionOptions): Answer;
  /**
   * Makes the aggregate of its JSON form.
   *
   * @throws {SyntaxError} If `value` is not the JSON form of the aggregate with these options.
   */
  fromJSON(value: unknown, options: QuestionOptions): Answer;
  /** Makes the aggregate of the fields of another. Small aggregates lack it: they go to another thread as JSON. */
  ofParts?(parts: PartsOf<Answer>, options: QuestionOptions): Answer;
}

/** The fields of an aggregate as typed arrays; `never` if it has no `toParts`. */
export type PartsOf<Answer> = Answer extends { toParts(): infer Parts } ? Parts : never;

/** All questions, in the order of a state's members. */
export const QUESTIONS: { readonly [Name in QuestionName]: Question<Questions[Name]> } = {
  span: { inState: "span", make: () => new Span(), fromJSON: Span.fromJSON },
  outcomes: {
    inState: "outcomes",
    make: ({ slowOverUs }) => new Outcomes(slowOverUs),
    fromJSON: (value, { slowOverUs }) => Outcomes.fromJSON(value, slowOverUs),
  },
  extremes: { inState: "extremes", make: () => new Extremes(), fromJSON: Extremes.fromJSON },
  kinds: {
    inState: "kinds",
    make: ({ hashKey }) => new Kinds(hashKey),
    fromJSON: (value, { hashKey }) => Kinds.fromJSON(value, hashKey),
  },
  responseTimes: {
    inState: "response_times",
    make: (options) => new ResponseTimes(options),
    fromJSON: (value, options) => ResponseTimes.fromJSON(value, options),
  },
  endpoints: {
    inState: "endpoints",
    make: (options) => new Endpoints(ofEndpoints(options)),
    fromJSON: (value, options) => Endpoints.fromJSON(value, ofEndpoints(options)),
    ofParts: (parts, options) => Endpoints.ofParts(parts, ofEndpoints(options)),
  },
  clients: {
    inState: "clients",
    make: (options) => new Clients(ofClients(options)),
    fromJSON: (value, options) => Clients.fromJSON(value, ofClients(options)),
    ofParts: (parts, options) => Clients.ofParts(parts, ofClients(options)),
  },
  windows: {
    inState: "windows",
    make: (options) => new Windows(options, options.hashKey),
    fromJSON: (value, options) => Windows.fromJSON(value, options, options.hashKey),
    ofParts: (parts, options) => Windows.ofParts(parts, options, options.hashKey),
  },
  timeline: {
    inState: "timeline",
    make: (options) => new Timeline(options, options.hashKey),
    fromJSON: (value, options) => Timeline.fromJSON(value, options, options.hashKey),
    ofParts: (parts, options) => Timeline.ofParts(parts, options, options.hashKey),
  },
};

/** The names of all questions, in the order of a state's members. */
export const QUESTION_NAMES: readonly QuestionName[] = Object.keys(QUESTIONS) as QuestionName[];

/** Calls `make` for each question, and returns the aggregates by the names of the questions. */
export function answerAll(
  make: <Name extends QuestionName>(
    question: Question<Questions[Name]>,
    name: Name,
  ) => Questions[Name],
): Questions {
  const answers = QUESTION_NAMES.map((name) => [name, make(QUESTIONS[name] as never, name)]);
  return Object.fromEntries(answers) as unknown as Questions;
}

/**
 * Adds a batch of records to all aggregates. All keys are resolved first, so that the order of the aggregates
 * does not matter.
 */
export function countBatch(answers: readonly Aggregate<never>[], records: RecordBatch): void {
  for (const answer of answers) answer.resolve?.(records);
  for (const answer of answers) answer.add(records);
}

function ofEndpoints(options: QuestionOptions): EndpointsOptions {
  const { hashKey, maxEndpoints, exactPercentilesUpTo, slowOverUs, onNewKey } = options;
  return {
    capacity: maxEndpoints,
    ...{ hashKey, slowOverUs, exactUpTo: exactPercentilesUpTo },
    onNewKey: onNewKey && ((slot) => onNewKey("endpoints", slot)),
  };
}

function ofClients({ maxClients, hashKey, onNewKey }: QuestionOptions): ClientsOptions {
  const ofClient = onNewKey && ((slot: number) => onNewKey("clients", slot));
  return { capacity: maxClients, hashKey, onNewKey: ofClient };
}
