import type { Rejection } from "../../schema.ts";

/**
 * Returns the name of a kind of rejections, to follow a count: `not JSON`, `without "ip"`.
 *
 * @param rejection The rejection.
 * @returns The name.
 */
export function nameRejection({ reason, field }: Rejection): string {
  switch (reason) {
    case "line_too_long":
      return "longer than --max-line";
    case "not_json":
      return "not JSON";
    case "not_object":
      return "not a JSON object";
    case "missing_field":
      return `without "${field}"`;
    case "bad_type":
      return `with "${field}" of the wrong type`;
    case "no_match":
      return "of another format";
    case "not_a_request":
      return "that are no request";
    case "bad_status":
    case "bad_timestamp":
    case "bad_response_time":
      return `with a bad "${field}"`;
  }
}
