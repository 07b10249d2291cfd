import { COLUMN_FORMATS } from "../../lib/formats/columns/column_formats.ts";
import { NAMED_FORMATS } from "../../lib/formats/known_formats.ts";
import { classicTraffic } from "../../lib/traffic/profiles/classic.ts";
import type { LogRecord } from "../../schema.ts";

const START_US = Date.UTC(2026, 10, 25) * 1000;

/** A log as some servers write it. */
export interface FamilyLog {
  /** What it is a log of. */
  readonly name: string;
  /** Its lines. */
  readonly lines: readonly string[];
  /** How many requests are in it. */
  readonly requests: number;
  /** Whether lines depend on those before, so that it is read as a whole. */
  readonly isSequential: boolean;
}

/**
 * Makes logs of families that differ in how they are read: text, nested JSON, two lines a request, pieces of lines,
 * objects over many lines, columns that a header names, and a mixture.
 *
 * @param count How many requests each has, about.
 */
export function familyLogs(count: number): readonly FamilyLog[] {
  const records = [...classicTraffic({ count, seed: 11, startUs: START_US })];
  const written = (name: string) => {
    const format = NAMED_FORMATS.find((format) => format.name === name)!;
    return [...format.header ?? [], ...records.map((record) => format.write(record))];
  };
  const plain = (name: string): FamilyLog => ({
    name,
    lines: written(name),
    requests: count,
    isSequential: false,
  });
  const sequential = (name: string, lines: readonly string[]): FamilyLog => ({
    name,
    lines,
    requests: count,
    isSequential: true,
  });
  const combined = written("combined"), caddy = written("caddy");
  return [
    plain("combined"),
    plain("caddy"),
    {
      name: "mixed",
      lines: combined.flatMap((line, i) => [
        i % 3 === 0 ? line : i % 3 === 1 ? caddy[i]! : `web-1 | ${line}`,
        ...i % 50 === 0 ? ["oops", "", '{"level":"info","msg":"started"}'] : [],
      ]),
      requests: count,
      isSequential: false,
    },
    sequential("fastify in two lines", records.flatMap(fastifyLines)),
    sequential("docker with cut lines", combined.flatMap((line) => pieces(line, dockerLine))),
    sequential("CRI with cut lines", caddy.flatMap((line) => pieces(line, criLine))),
    sequential(
      "objects over many lines",
      caddy.flatMap((line) => JSON.stringify(JSON.parse(line), undefined, 2).split("\n")),
    ),
    ...COLUMN_FORMATS.map(({ name }) => sequential(name, written(name))),
  ];
}

/** The start of a request and its end, as Fastify logs them. */
function fastifyLines(record: LogRecord, i: number): readonly string[] {
  const { method, endpoint, statusCode, ip, responseTimeUs = 0, timestampUs } = record;
  const common = { level: 30, pid: 7, hostname: "web-1", reqId: `req-${i.toString(36)}` };
  const time = Math.floor(timestampUs / 1000);
  const req = { method, url: endpoint, host: "example.com", remoteAddress: ip, remotePort: 51234 };
  return [
    { ...common, time, req, msg: "incoming request" },
    {
      ...common,
      time: time + 1,
      res: { statusCode },
      responseTime: responseTimeUs / 1000,
      msg: "request completed",
    },
  ].map((line) => JSON.stringify(line));
}

type WritePiece = (text: string, isLast: boolean) => string;

/** Cuts every fifth line in two, as a container runtime cuts long lines. */
function pieces(line: string, write: WritePiece): readonly string[] {
  if (line.length % 5 !== 0) return [write(line, true)];
  const middle = line.length >> 1;
  return [write(line.slice(0, middle), false), write(line.slice(middle), true)];
}

const dockerLine: WritePiece = (text, isLast) =>
  JSON.stringify({
    log: isLast ? `${text}\n` : text,
    stream: "stdout",
    time: "2026-11-25T18:00:00.000000001Z",
  });

const criLine: WritePiece = (text, isLast) =>
  `2026-11-25T18:00:00.000000001Z stdout ${isLast ? "F" : "P"} ${text}`;
