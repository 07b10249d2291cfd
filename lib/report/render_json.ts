import type { Report } from "./report.ts";

/**
 * Renders a report as JSON (RFC 8259), indented by two spaces, with a newline at the end.
 *
 * Maps become objects whose keys keep their order: an object of JavaScript would move keys that
 * look like numbers to the front, and keys can be log text.
 *
 * @param report The report.
 * @returns The text.
 */
export function renderJson(report: Report): string {
  return `${renderValue(report, "\n")}\n`;
}

function renderValue(value: unknown, newline: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${newline}  `;
  if (Array.isArray(value)) {
    return enclose("[", value.map((item) => renderValue(item, inner)), "]", newline);
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries.map(([key, item]) =>
    `${JSON.stringify(key)}: ${renderValue(item, inner)}`
  );
  return enclose("{", members, "}", newline);
}

function enclose(open: string, items: readonly string[], close: string, newline: string): string {
  return items.length === 0
    ? open + close
    : `${open}${newline}  ${items.join(`,${newline}  `)}${newline}${close}`;
}
