import { type Kind, tokensOf } from "./line_tokens.ts";

/** No more of a line is looked at. */
const MOST = 4096;
const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)$/;
const STATUS = /^[1-5]\d\d$/;
/** A fact about a request. */
export type Fact = "client" | "request" | "status" | "time";

/** The facts in the order in which they are told. */
const FACTS: readonly Fact[] = ["client", "request", "status", "time"];

/**
 * Finds which facts about a request a line of text seems to tell.
 *
 * @param line A line without its terminator.
 * @returns The facts that it has and those that it lacks, in the order client, request, status, time.
 *
 * @example A line of morgan without a time
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { factsOf } from "./line_facts.ts";
 *
 * const { has, lacks } = factsOf("::1 - GET /a HTTP/1.1 200 2 - 1.5 ms");
 * assertEquals(has, ["client", "request", "status"]);
 * assertEquals(lacks, ["time"]);
 * ```
 */
export function factsOf(line: string): { readonly has: Fact[]; readonly lacks: Fact[] } {
  const found = new Set<Fact>();
  for (const { kind, text } of tokensOf(line.slice(0, MOST))) {
    const fact = factOf(kind, text, found.has("request"));
    if (fact !== undefined) found.add(fact);
  }
  return {
    has: FACTS.filter((fact) => found.has(fact)),
    lacks: FACTS.filter((fact) => !found.has(fact)),
  };
}

function factOf({ name }: Kind, text: string, hasRequest: boolean): Fact | undefined {
  switch (name) {
    case "clf":
    case "iso":
      return "time";
    case "request":
      return "request";
    case "address":
      return "client";
    case "word":
      return METHOD.test(text) ? "request" : undefined;
    case "number":
      return hasRequest && STATUS.test(text) ? "status" : undefined;
    default:
      return undefined;
  }
}
