import {
  type Comparison,
  type Condition,
  conditionError,
  type Field,
  FIELDS,
  type Literal,
  type Operator,
} from "./condition.ts";

/** How deep parentheses and negations may be nested. */
const MAX_DEPTH = 100;

interface Token extends Literal {
  readonly kind: "symbol" | "word" | "quoted" | "end";
}

const SYMBOLS = /(?:&&|\|\||==|!=|<=|>=|!~|[!<>~(),])/y, SPACE = /\s*/y;
const WORD = /[^\s!=<>~()&|,'"]+/y, QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/ys;
/** How other languages write what is written otherwise here. */
const WRITTEN: Readonly<Record<string, string>> = {
  "=": "==",
  "&": "&&",
  "|": "||",
  and: "&&",
  or: "||",
  not: "!",
};
/** For each field, the operators that it may be compared with. */
const TEXT_OPERATORS = ["==", "!=", "~", "!~", "in"] as const;
const NUMBER_OPERATORS = ["==", "!=", "<", "<=", ">", ">=", "in"] as const;
const OPERATORS: Readonly<Record<Field, readonly Operator[]>> = {
  method: TEXT_OPERATORS,
  endpoint: TEXT_OPERATORS,
  path: TEXT_OPERATORS,
  query: TEXT_OPERATORS,
  ip: TEXT_OPERATORS,
  user_agent: TEXT_OPERATORS,
  status: NUMBER_OPERATORS,
  response_time: NUMBER_OPERATORS,
  timestamp: NUMBER_OPERATORS,
};

/**
 * Reads a condition:
 *
 * ```text
 * condition  = all { "||" all }
 * all        = one { "&&" one }
 * one        = "!" one | "(" condition ")" | comparison
 * comparison = field operator value | field "in" ( value | "(" value { "," value } ")" )
 * ```
 *
 * A value is bare, up to a space or a character of an operator, or in quotes; in these, a backslash stands before a
 * quote, and is kept before all else, as patterns need it.
 *
 * @throws {SyntaxError} If it is none; the message points at the place and says what was expected.
 *
 * @example Two comparisons
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseCondition } from "./parse_condition.ts";
 *
 * const condition = parseCondition("status>=500 && !(ip in 10.0.0.0/8)");
 * assertEquals(condition.kind, "and");
 * ```
 */
export function parseCondition(text: string): Condition {
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  #next: Token;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#tokenAt(0);
  }

  parse(): Condition {
    const condition = this.#any();
    if (this.#next.kind !== "end") throw this.#unexpected("&&, || or the end was expected");
    return condition;
  }

  #any(): Condition {
    return this.#joined("||", "or", () => this.#joined("&&", "and", () => this.#one()));
  }

  #joined(symbol: string, kind: "and" | "or", part: () => Condition): Condition {
    const of = [part()];
    while (this.#takes(symbol)) of.push(part());
    return of.length === 1 ? of[0]! : { kind, of };
  }

  #one(): Condition {
    if (++this.#depth > MAX_DEPTH) {
      throw this.#fault(`It is nested more than ${MAX_DEPTH} deep`, "Write it flatter");
    }
    try {
      if (this.#takes("!")) return { kind: "not", of: this.#one() };
      if (!this.#takes("(")) return this.#comparison();
      const condition = this.#any();
      if (!this.#takes(")")) throw this.#unexpected("&&, || or ) was expected");
      return condition;
    } finally {
      this.#depth--;
    }
  }

  #comparison(): Comparison {
    const name = this.#next, field = FIELDS.find((field) => field === name.text);
    if (name.kind !== "word") throw this.#unexpected(`A field was expected: ${FIELDS.join(", ")}`);
    if (field === undefined) {
      throw this.#fault(
        `Unknown field ${name.text}`,
        hintFor(name.text) ?? `Fields are ${FIELDS.join(", ")}`,
      );
    }
    this.#advance();
    const { at, text, kind } = this.#next, operator = OPERATORS[field].find((one) => one === text);
    const known = `${field} is compared with ${OPERATORS[field].join(", ")}`;
    if (kind === "quoted" || operator === undefined) throw this.#unexpected(known);
    this.#advance();
    const comparison = { kind: "comparison", field, operator, at } as const;
    if (operator !== "in" || !this.#takes("(")) return { ...comparison, literals: [this.#value()] };
    const literals = [this.#value()];
    while (this.#takes(",")) literals.push(this.#value());
    if (!this.#takes(")")) throw this.#unexpected(", or ) was expected");
    return { ...comparison, literals };
  }

  #value(): Literal {
    const { kind, text, at, length } = this.#next;
    if (kind !== "word" && kind !== "quoted") {
      throw this.#unexpected("A value was expected: bare, or in quotes");
    }
    this.#advance();
    return { text, at, length };
  }

  #takes(symbol: string): boolean {
    const takes = this.#next.kind === "symbol" && this.#next.text === symbol;
    if (takes) this.#advance();
    return takes;
  }

  #advance(): void {
    this.#next = this.#tokenAt(this.#next.at + this.#next.length);
  }

  #tokenAt(from: number): Token {
    const at = from + this.#match(SPACE, from)!.length;
    if (at === this.#text.length) return { kind: "end", text: "", at, length: 0 };
    const symbol = this.#match(SYMBOLS, at);
    if (symbol !== undefined) return { kind: "symbol", text: symbol, at, length: symbol.length };
    const quoted = this.#match(QUOTED, at);
    if (quoted !== undefined) {
      const quote = quoted[0]!, text = quoted.slice(1, -1).replaceAll(`\\${quote}`, quote);
      return { kind: "quoted", text, at, length: quoted.length };
    }
    const word = this.#match(WORD, at);
    if (word !== undefined) return { kind: "word", text: word, at, length: word.length };
    const character = this.#text[at]!, isQuote = /["']/.test(character);
    throw conditionError({
      ...{ text: this.#text, at, length: isQuote ? this.#text.length - at : 1 },
      found: isQuote ? "The quote is not closed" : `There is no operator ${character}`,
      wanted: isQuote
        ? `${character} was expected at its end`
        : hintFor(character) ?? "Operators are == != < <= > >= ~ !~ in && || !",
    });
  }

  #match(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.#text)?.[0];
  }

  #unexpected(wanted: string): SyntaxError {
    const { kind, at, length } = this.#next;
    const found = kind === "end" ? "It ends here" : `Found ${this.#text.slice(at, at + length)}`;
    return this.#fault(found, kind === "word" ? hintFor(this.#next.text) ?? wanted : wanted);
  }

  #fault(found: string, wanted: string): SyntaxError {
    const { at, length } = this.#next;
    return conditionError({ text: this.#text, at, length, found, wanted });
  }
}

function hintFor(word: string): string | undefined {
  const written = Object.entries(WRITTEN).find(([other]) => other === word.toLowerCase());
  return written && `Did you mean ${written[1]}?`;
}
