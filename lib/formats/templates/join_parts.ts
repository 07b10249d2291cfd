import type { Target } from "../description/shapes.ts";
import { type Field, isTwoWords, OTHER, type Part, type Token } from "./part.ts";
import { templateError } from "./template_error.ts";

const FACTS: readonly Target[] = [
  "ip",
  "timestamp",
  "request",
  "method",
  "endpoint",
  "status",
  "responseTime",
  "userAgent",
];

/**
 * Makes of the parts of a template those of a line: of several tokens for one fact one counts, literals that touch
 * are one, and so are a path and its query.
 *
 * @param parts The parts, as they stand.
 * @param text The template, for messages.
 * @throws {SyntaxError} If two tokens touch, or a fact is missing that each record has.
 */
export function joinParts(parts: readonly Part[], text: string): Part[] {
  const chosen = chooseFacts(parts);
  requireFacts(chosen, text);
  const joined: Part[] = [];
  for (const part of chosen) addPart(joined, part, text);
  return joinRequest(joined);
}

function chooseFacts(parts: readonly Part[]): Part[] {
  const tokens = parts.filter((part) => typeof part !== "string");
  const best = new Map<Target, Token>();
  for (const token of tokens) {
    const { to, rank = 0 } = token.field, other = best.get(to);
    if (other === undefined || rank < (other.field.rank ?? 0)) best.set(to, token);
  }
  const hasRequest = best.has("request");
  const isChosen = ({ field: { to } }: Token) =>
    FACTS.includes(to) && !(hasRequest && (to === "method" || to === "endpoint"));
  return parts.map((part) => {
    if (typeof part === "string" || part.field.to === "other" || part.field.to === "query") {
      return part;
    }
    return isChosen(part) && best.get(part.field.to) === part
      ? part
      : { ...part, field: demoted(part.field) };
  });
}

/** A value that another token tells better. */
function demoted(field: Field): Field {
  const { as, isList } = field;
  if (isTwoWords(field)) return { to: "other", as };
  if (as === "request" || as === "words") return { to: "other", as: "words" };
  return isList ? { ...OTHER, isList } : OTHER;
}

function requireFacts(parts: readonly Part[], text: string): void {
  const has = (to: Target) =>
    parts.some((part) => typeof part !== "string" && part.field.to === to);
  const missing = !has("status")
    ? ["status", "$status (nginx), %>s (Apache), %ST (HAProxy) or %RESPONSE_CODE% (Envoy)"]
    : !has("timestamp")
    ? ["time", "$time_local or $msec (nginx), %t (Apache), %tr (HAProxy) or %START_TIME% (Envoy)"]
    : !has("request") && !has("method") && !has("endpoint")
    ? ["request", "$request (nginx), %r (Apache), %r (HAProxy) or %REQ(:METHOD)% (Envoy)"]
    : undefined;
  if (missing === undefined) return;
  const odd = parts.find((part) => typeof part !== "string" && part.field.like !== undefined);
  if (typeof odd === "object") {
    throw templateError({
      text,
      at: odd.at,
      length: odd.token.length,
      found: `It has no token for the ${missing[0]}, and ${odd.token} is not known`,
      wanted: `Did you mean ${odd.field.like}?`,
    });
  }
  throw templateError({
    text,
    found: `It has no token for the ${missing[0]}`,
    wanted: `A record needs one: ${missing[1]}`,
  });
}

function addPart(joined: Part[], part: Part, text: string): void {
  const last = joined.at(-1);
  if (last === undefined) {
    joined.push(part);
  } else if (typeof part === "string") {
    if (typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  } else if (typeof last === "string") {
    if (last === ":" && addBehindColon(joined, part)) return;
    joined.push(part);
  } else {
    const field = together(last.field, part.field);
    if (field === undefined) throw touching(last, part, text);
    joined[joined.length - 1] = { ...last, field };
  }
}

/** An address and its port are one value; so are a virtual host and its port. */
function addBehindColon(joined: Part[], { field }: Token): boolean {
  const host = joined.at(-2);
  if (host === undefined || typeof host === "string" || field.to !== "other") return false;
  const { to, as } = host.field;
  if (to !== "ip" && to !== "other" || as === "words" || field.as === "words") return false;
  joined.splice(-2, 2, { ...host, field: to === "ip" ? { to, as: "peer" } : OTHER });
  return true;
}

/** What two values that touch are as one. */
function together(one: Field, other: Field): Field | undefined {
  const isOther = ({ to }: Field) => to === "other" || to === "query" || to === "userAgent";
  if (one.to === "endpoint" && other.to === "query") return one;
  if (!isOther(one) || !isOther(other)) return undefined;
  const isWords = one.as === "words" || other.as === "words";
  return { to: "other", as: isWords ? "words" : "word" };
}

function touching(one: Token, other: Token, text: string): SyntaxError {
  return templateError({
    text,
    at: one.at,
    length: other.at + other.token.length - one.at,
    found: `Nothing stands between ${one.token} and ${other.token}: where one ends is unknown`,
    wanted: "Put a space or another character between them in the configuration",
  });
}

/** In quotes, a method, a target and a protocol are the line of the request. */
function joinRequest(parts: readonly Part[]): Part[] {
  const at = parts.findIndex((part) => typeof part !== "string" && part.field.to === "method");
  const [before, method, space, target, gap, protocol, after] = parts.slice(
    Math.max(0, at - 1),
    at + 6,
  );
  const isLine = at > 0 && isText(before) && before.endsWith('"') && space === " " &&
    isToken(target) && target.field.to === "endpoint" && (gap === " " || gap === " HTTP/") &&
    isToken(protocol) && protocol.field.to === "other" && isText(after) && after.startsWith('"');
  if (!isLine) return [...parts];
  const request: Token = { ...(method as Token), field: { to: "request", as: "request" } };
  return [...parts.slice(0, at), request, ...parts.slice(at + 5)];
}

function isText(part: Part | undefined): part is string {
  return typeof part === "string";
}

function isToken(part: Part | undefined): part is Token {
  return part !== undefined && typeof part !== "string";
}
