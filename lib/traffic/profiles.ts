import type { LogRecord } from "../../schema.ts";
import { classicTraffic, type TrafficOptions } from "./classic.ts";

/** The name of a kind of traffic. */
export type Profile = "classic";

/** The kinds of traffic that there are, by name. */
export const PROFILES: Readonly<Record<Profile, (options: TrafficOptions) => Iterable<LogRecord>>> =
  {
    classic: classicTraffic,
  };

/** Their names, the usual one first. */
export const PROFILE_NAMES: readonly [Profile, ...Profile[]] = ["classic"];
