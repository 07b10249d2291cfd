import type { Profile } from "../profile.ts";
import { classicTraffic } from "./classic.ts";

/** The name of a kind of traffic. */
export type ProfileName = "classic";

/** The kinds of traffic that there are, by name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { classic: classicTraffic };

/** Their names, the usual one first. */
export const PROFILE_NAMES: readonly [ProfileName, ...ProfileName[]] = ["classic"];
