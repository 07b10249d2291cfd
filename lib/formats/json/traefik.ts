import type { JsonFormat } from "./json_description.ts";

/** Traefik. Its `time` is the end, `OriginStatus` is that of the server behind it. */
export const TRAEFIK: JsonFormat = {
  name: "traefik",
  of: "Traefik, as JSON",
  when: [{ at: "DownstreamStatus" }, { at: "RequestMethod" }],
  keys: [
    { to: "method", at: "RequestMethod" },
    { to: "endpoint", at: "RequestPath" },
    { to: "status", at: "DownstreamStatus" },
    { to: "ip", at: "ClientHost" },
    { to: "ip", at: "ClientAddr" },
    { to: "responseTime", at: "Duration", unit: "ns" },
    { to: "userAgent", at: "request_User-Agent" },
    { to: "timestamp", at: "StartUTC" },
    { to: "timestamp", at: "StartLocal" },
    { to: "timestamp", at: "time" },
  ],
  sample: '{"ClientAddr":"192.0.2.7:51234","ClientHost":"192.0.2.7","DownstreamStatus":200,' +
    '"Duration":3456000,"RequestMethod":"GET","RequestPath":"/a",' +
    '"StartUTC":"2026-11-25T18:00:00.123456789Z","level":"info","msg":"",' +
    '"time":"2026-11-25T18:00:00Z"}',
};
