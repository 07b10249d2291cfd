import type { Profile } from "../profile.ts";
import { classicTraffic } from "./classic.ts";

/** The name of a kind of traffic. */
export type ProfileName = "classic";

/** All kinds of traffic, by name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { classic: classicTraffic };

/** The names of all kinds of traffic, the default first. */
export const PROFILE_NAMES: readonly [ProfileName, ...ProfileName[]] = ["classic"];
