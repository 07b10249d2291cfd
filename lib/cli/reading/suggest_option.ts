import { Rejection } from "../../../schema.ts";
import { suggestFields, suggestTemplate } from "../../formats/suggest_reading.ts";
import { UsageError } from "../command/command.ts";
import { resolveFormats } from "./resolve_formats.ts";

/**
 * Suggests the options with which a line is read that no format has.
 *
 * @param line The line.
 * @returns The options as they are pasted into a shell; `undefined` if none is known with which the line is a record.
 */
export function suggestOption(line: string): string | undefined {
  const fields = suggestFields(line);
  if (fields.length > 0) {
    return reads(line, { formats: [], fields })
      ? fields.map((field) => `--field ${field}`).join(" ")
      : undefined;
  }
  const template = suggestTemplate(line);
  // What is printable in single quotes is for the shell as it stands.
  if (template === undefined || !/^[ -&(-~]*$/.test(template)) return undefined;
  return reads(line, { formats: [template], fields }) ? `-f '${template}'` : undefined;
}

function reads(line: string, named: Parameters<typeof resolveFormats>[0]): boolean {
  try {
    return resolveFormats(named).some(({ read }) => {
      const outcome = read(line);
      return typeof outcome === "object" && !(outcome instanceof Rejection);
    });
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
