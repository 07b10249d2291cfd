import type { JsonObject } from "../json/parse_json.ts";

/** The most requests that have begun and not ended; of more the oldest is forgotten. */
const MAX_OPEN = 10_000;

/**
 * Joins the two lines that Fastify writes of a request: one as it begins, which has its method, target and client, and
 * one as it ends, which has its status and response time.
 *
 * @example A request
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { HalfRequests } from "./half_requests.ts";
 *
 * const halves = new HalfRequests();
 * const ids = { pid: 9, hostname: "h", reqId: "req-1" };
 * assertEquals(halves.join({ ...ids, req: { method: "GET" }, msg: "incoming request" }), undefined);
 * assertEquals(halves.join({ ...ids, res: { statusCode: 200 }, responseTime: 1 }), {
 *   ...ids,
 *   req: { method: "GET", url: undefined, remoteAddress: undefined, ip: undefined },
 *   res: { statusCode: 200 },
 *   responseTime: 1,
 * });
 * ```
 */
export class HalfRequests {
  readonly #open = new Map<string, unknown>();

  /**
   * Takes an object.
   *
   * @returns The object with the `req` of the line before that it belongs to; `undefined` if it is no end of a request
   * whose beginning is known.
   */
  join(object: JsonObject): JsonObject | undefined {
    const { pid, hostname, reqId, req, res, responseTime } = object;
    if (reqId === undefined || pid === undefined) return undefined;
    const id = JSON.stringify([pid, hostname, reqId]);
    if (req !== undefined && res === undefined) {
      this.#begin(id, req);
      return undefined;
    }
    const begun = this.#open.get(id);
    if (begun === undefined || req !== undefined || responseTime === undefined) return undefined;
    this.#open.delete(id);
    return { ...object, req: begun };
  }

  #begin(id: string, req: unknown): void {
    this.#open.delete(id);
    this.#open.set(id, factsOf(req));
    if (this.#open.size <= MAX_OPEN) return;
    const [oldest] = this.#open.keys();
    this.#open.delete(oldest!);
  }
}

/** What counts of a request: its headers may be long. */
function factsOf(req: unknown): unknown {
  if (typeof req !== "object" || req === null) return undefined;
  const { method, url, remoteAddress, ip } = req as JsonObject;
  return { method, url, remoteAddress, ip };
}
