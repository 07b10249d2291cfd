import { type Command, type FlagText, type Option, UsageError } from "./command.ts";
import { flagsOf } from "./flags.ts";

/**
 * Rejects options that have no effect because of others that are given, or are not given.
 *
 * @param command The options, and which of them do not go together.
 * @param isGiven Returns whether the command line has a flag.
 * @throws {UsageError} If an option without effect is given.
 */
export function rejectConflicts<Settings>(
  { options, conflicts }: Command<Settings>,
  isGiven: (flag: FlagText) => boolean,
): void {
  const all = Object.values<Option<unknown>>(options);
  for (const { of, when, others, why } of conflicts) {
    const partners = others.map((key): Option<unknown> => options[key]);
    const isMet = partners.flatMap(flagsOf).some(isGiven) === (when === "with");
    if (!isMet) continue;
    const useless = all.filter((option) => of.includes(option.of)).flatMap(flagsOf).find(isGiven);
    if (useless === undefined) continue;
    const names = partners.map(({ name }) => `--${name}`).join(" or ");
    const example = when === "without" ? `, for example ${useless.example}` : "";
    throw new UsageError(`Cannot use --${useless.name} ${when} ${names}: ${why}${example}`);
  }
}
