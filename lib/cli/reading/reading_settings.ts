import type { ReadingOptions } from "../../formats/description/format.ts";

/** How lines are read, as the command line says it: plain data, which each thread resolves for itself. */
export interface ReadingSettings extends Pick<ReadingOptions, "client" | "assumedOffsetUs"> {
  /** Names and templates of the formats to try, in order; `auto` stands for all that are known. */
  readonly formats: readonly string[];
  /** Where JSON lines have the facts about a request, each `TARGET=PATH[:UNIT]`. */
  readonly fields: readonly string[];
}

/** All known formats, the leftmost address of a list, and UTC. */
export const USUAL_SETTINGS: ReadingSettings = {
  formats: ["auto"],
  fields: [],
  client: "first",
  assumedOffsetUs: 0,
};
