/** A JSON Schema, draft 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

/** An object with exactly these members, all required. */
export function closed(properties: Readonly<Record<string, Schema>>): Schema {
  return {
    type: "object",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

/** An object that may have some more, optional members. */
export function withOptional(schema: Schema, properties: Readonly<Record<string, Schema>>): Schema {
  return { ...schema, properties: { ...schema.properties as Schema, ...properties } };
}

/** An array of items. */
export function list(items: Schema): Schema {
  return { type: "array", items };
}

/** A value, or `null`. */
export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}

/** A whole number from 0 on. */
export const COUNT: Schema = { type: "integer", minimum: 0 };
/** A whole number from 1 on. */
export const POSITIVE: Schema = { type: "integer", minimum: 1 };
/** A length of time. */
export const MILLISECONDS: Schema = { type: "number", minimum: 0 };
/** Any text. */
export const TEXT: Schema = { type: "string" };
/** An instant, to the microsecond, in UTC. */
export const INSTANT: Schema = {
  type: "string",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$",
};
/** An instant, with decimals only where it has some, in UTC. */
export const WINDOW_BOUND: Schema = {
  type: "string",
  pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?Z$",
};
/** A share, 0 to 1. */
export const SHARE: Schema = { type: "number", minimum: 0, maximum: 1 };
