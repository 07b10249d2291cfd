import { type Command, type FlagText, type Option, UsageError } from "./command.ts";
import { flagsOf } from "./flags.ts";

/**
 * Rejects options that would do nothing as others are given, or are not.
 *
 * @param command Which options there are, and which do not go together.
 * @param isGiven Whether the command line has a flag.
 * @throws {UsageError} If there is such an option.
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
