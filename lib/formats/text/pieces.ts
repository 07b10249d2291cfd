import type { Slot } from "../description/shapes.ts";

/** A word that no figure depends on. */
export const WORD: Slot = { to: "other", as: "word" };
/** Digits that no figure depends on, or `-`. */
export const COUNT: Slot = { to: "other", as: "count" };
/** A quoted text that no figure depends on. */
export const QUOTED: Slot = { to: "other", as: "quoted" };
/** A user agent in quotes. */
export const AGENT: Slot = { to: "userAgent", as: "quoted" };
/** A request line. */
export const REQUEST: Slot = { to: "request", as: "request" };
/** A status. */
export const STATUS: Slot = { to: "status", as: "status" };
/** A client. */
export const CLIENT: Slot = { to: "ip", as: "client" };
/** A client and its port. */
export const PEER: Slot = { to: "ip", as: "peer" };
/** A time as in Common Log Format. */
export const CLF_TIME: Slot = { to: "timestamp", as: "clf" };
/** A time of ISO 8601. */
export const ISO_TIME: Slot = { to: "timestamp", as: "zoned" };
/** A response time in whole milliseconds. */
export const MILLISECONDS: Slot = { to: "responseTime", as: "decimal", unit: "ms", decimals: 0 };
