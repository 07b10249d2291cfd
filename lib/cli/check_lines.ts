import { Rejection } from "../../schema.ts";
import { nameRejection } from "../formats/describe_misfit.ts";
import { readOwnLine } from "../formats/json/read_own_line.ts";
import type { Command, CommandError } from "./command/command.ts";
import { runCommand } from "./command/run_command.ts";
import { quote, say } from "./command/say.ts";
import { writeOut } from "./command/stdout.ts";
import { ANALYZER_OPTIONS } from "./options/analyzer_options.ts";
import { findInputs, hintAtTerminal, type InputLine, readInputs } from "./reading/inputs.ts";

const MAX_MISFITS = 10;

const SCHEMA: Command<object> = {
  name: "schema",
  usage: "< FILE",
  summary: [
    "Checks HTTP request logs on stdin, one JSON object a line, against the schema:",
    `says how many lines fit, and shows the first ${MAX_MISFITS} that do not.`,
  ],
  takesFiles: false,
  options: {},
  conflicts: [],
  notes: ["Exit codes: 0 every line fits, 1 some line does not, 2 misuse."],
};

/** Checks stdin against the schema, prints on stdout how many lines fit, and ends the process. */
export function checkStdin(): Promise<never> {
  return runCommand(SCHEMA, check);
}

async function check(): Promise<number> {
  const inputs = await findInputs([]);
  hintAtTerminal(SCHEMA.name, inputs, "access.log");
  let fits = 0, rejected = 0, blank = 0;
  const misfits: string[] = [];
  const failures: CommandError[] = [];
  const take = (outcome: ReturnType<typeof readOwnLine>, { number, raw }: InputLine) => {
    if (outcome === "blank") {
      blank++;
    } else if (!(outcome instanceof Rejection)) {
      fits++;
    } else if (++rejected <= MAX_MISFITS) {
      misfits.push(`  line ${number}, ${nameRejection(outcome)}: ${quote(raw.text())}`);
    }
  };

  await readInputs(inputs, { maxLineBytes: ANALYZER_OPTIONS.maxLineBytes.fallback }, {
    line: (text, line) => take(readOwnLine(text), line),
    tooLong: (line) => take(new Rejection("line_too_long"), line),
    bytes: () => {},
    warning: (remark) => say(`${SCHEMA.name}: ${remark}`),
    failure: (error) => failures.push(error),
  });

  const lines = [`${fits} of ${fits + rejected} lines fit${blank > 0 ? `, ${blank} blank` : ""}`];
  if (rejected > MAX_MISFITS) misfits.push(`  and ${rejected - MAX_MISFITS} more`);
  try {
    await writeOut([...lines, ...misfits].map((line) => `${line}\n`));
  } catch (error) {
    // A reader that leaves early does not change the exit code.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
  if (failures[0] !== undefined) throw failures[0];
  return rejected > 0 ? 1 : 0;
}
