/** The default of `maxEndpoints`: for how many endpoints there is room. */
export const MAX_ENDPOINTS = 20_000;

/** The default of `maxClients`: for how many clients there is room. */
export const MAX_CLIENTS = 200_000;

/** The default of `maxWindows`: for how many windows there is room. */
export const MAX_WINDOWS = 100_000;

/** The default of `maxPairs`: for how many pairs of a window and a client there is room. */
export const MAX_PAIRS = 1_000_000;

/** For how many pairs of a window and what failed in it there is room, unless `maxPairs` is less. */
export const MAX_FAILED_PAIRS = 240_000;
