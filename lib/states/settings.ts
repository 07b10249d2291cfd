import {
  type AnalysisOptions,
  type Setting,
  type SettingName,
  SETTINGS,
} from "../aggregates/analysis_options.ts";
import type { HashKey } from "../tables/hashes/half_sip_hash.ts";
import { type JsonObject, readInteger, readObject, wrong } from "../tables/read_state.ts";

/** The settings that the figures of a state depend on: states merge only if all settings are equal. */
export interface StateSettings {
  /** Length of a window, in microseconds. */
  readonly window: number;
  /** A client with more requests than this in one window is suspicious. */
  readonly suspicious: number;
  /** A request that took longer than so many microseconds is slow. */
  readonly slow: number;
  /** Up to how many endpoints all figures are exact. */
  readonly max_endpoints: number;
  /** Up to how many clients all figures are exact. */
  readonly max_clients: number;
  /** Up to how many windows all figures are exact. */
  readonly max_windows: number;
  /** Up to how many pairs of a window and a client all figures are exact. */
  readonly max_pairs: number;
  /** Up to how many response times of one kind percentiles are exact. */
  readonly exact_percentiles_up_to: number;
  /** Which of a list of addresses counts as the client, `first` or `last`. */
  readonly client: string;
  /** Which records count, as the options that say it; absent if all do. */
  readonly selection?: string;
}

const NAMES = Object.keys(SETTINGS) as SettingName[];

/** Returns the settings of the state of an analysis with the given options. */
export function toSettings(options: Required<AnalysisOptions>): StateSettings {
  const members = NAMES.filter((name) => SETTINGS[name].isText !== true || options[name] !== "")
    .map((name) => [SETTINGS[name].inState, options[name]]);
  return Object.fromEntries(members) as unknown as StateSettings;
}

/** Returns the options of an analysis to which states with the given settings can be added. */
export function toOptions(settings: StateSettings, hashKey: HashKey): AnalysisOptions {
  const members = NAMES.map((name) => [name, settings[SETTINGS[name].inState] ?? ""]);
  return { ...Object.fromEntries(members) as Required<AnalysisOptions>, hashKey };
}

/**
 * Reads the settings of a state.
 *
 * @throws {SyntaxError} If a setting is missing, is unknown or lies outside its range.
 */
export function readSettings(state: JsonObject): StateSettings {
  const settings = readObject(state["settings"], "settings");
  const rows = NAMES.map((name) => SETTINGS[name]);
  const unknown = Object.keys(settings).find((name) => !rows.some((row) => row.inState === name));
  if (unknown !== undefined) throw wrong("settings", `no setting ${unknown}`);
  const members = rows.filter(({ isText, inState }) => isText !== true || inState in settings)
    .map((row) => [row.inState, readSetting(settings, row)]);
  return Object.fromEntries(members) as unknown as StateSettings;
}

function readSetting(
  settings: JsonObject,
  { inState, words, isText, least = 0, most = Infinity }: Setting,
): number | string {
  if (isText === true) {
    const text = settings[inState];
    if (typeof text !== "string" || text === "") throw wrong(inState, "a text that is not empty");
    return text;
  }
  if (words === undefined) {
    const value = readInteger(settings, inState, least);
    if (value > most) throw wrong(inState, `at most ${most}`);
    return value;
  }
  const word = words.find((word) => word === settings[inState]);
  if (word === undefined) throw wrong(inState, words.join(" or "));
  return word;
}
