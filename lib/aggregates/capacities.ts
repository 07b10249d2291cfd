/** How many endpoints there is room for, if nothing else is asked for. */
export const MAX_ENDPOINTS = 20_000;

/** How many clients there is room for, if nothing else is asked for. */
export const MAX_CLIENTS = 200_000;

/** How many windows there is room for, if nothing else is asked for. */
export const MAX_WINDOWS = 100_000;

/** How many clients in windows there is room for, if nothing else is asked for. */
export const MAX_PAIRS = 1_000_000;
