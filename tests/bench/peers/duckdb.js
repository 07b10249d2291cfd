// Answers the analyzer's questions with DuckDB: `node duckdb.js FILE|/dev/stdin THREADS [FORMAT]`, where
// @duckdb/node-api is installed beside it. FORMAT is ndjson, combined or caddy. Prints one JSON object.
import process from "node:process";

// Not known here, only where the script is copied to.
const library = "@duckdb/node-api";
const { DuckDBInstance } = await import(library);

const [source, threads, format = "ndjson"] = process.argv.slice(2);
const database = await DuckDBInstance.create(":memory:", { threads });
const connection = await database.connect();
const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

// What is quickest for each: its CSV reader takes combined lines in half the time of a regular expression.
const READERS = {
  ndjson: `
    select method, endpoint, status_code as status, ip, response_time as ms, timestamp as time
    from read_json('${source}', format = 'newline_delimited', columns = {
      method: 'VARCHAR', endpoint: 'VARCHAR', status_code: 'USMALLINT', ip: 'VARCHAR',
      response_time: 'DOUBLE', user_agent: 'VARCHAR', timestamp: 'TIMESTAMP'})`,
  combined: `
    select split_part(request, ' ', 1) as method, split_part(request, ' ', 2) as endpoint, status, ip,
      strptime(day, '[%d/%b/%Y:%H:%M:%S') as time
    from read_csv('${source}', header = false, auto_detect = false, delim = ' ', quote = '"', columns = {
      ip: 'VARCHAR', ident: 'VARCHAR', name: 'VARCHAR', day: 'VARCHAR', zone: 'VARCHAR',
      request: 'VARCHAR', status: 'USMALLINT', size: 'VARCHAR', referer: 'VARCHAR', agent: 'VARCHAR'})`,
  caddy: `
    select request.method as method, request.uri as endpoint, status, request.client_ip as ip,
      duration * 1000 as ms, make_timestamp((ts * 1000000)::bigint) as time
    from read_json('${source}', format = 'newline_delimited', columns = {
      ts: 'DOUBLE', status: 'USMALLINT', duration: 'DOUBLE',
      request: 'STRUCT(client_ip VARCHAR, method VARCHAR, uri VARCHAR)'})`,
};
// Combined lines have no response times: nothing is asked about them.
const hasTimes = format !== "combined";

// Read once into memory: faster than a scan for each question, also from a file.
await connection.run(`create temp table requests as ${READERS[format]}`);
const slow = hasTimes ? "count(*) filter (ms > 1000)" : "0";
await connection.run(`
  create temp table windows as
  select time_bucket(interval 60 seconds, time) as start, ip, count(*) as n,
    count(*) filter (status between 400 and 499) as n4, count(*) filter (status between 500 and 599) as n5,
    count(*) filter (status >= 400) as failed, ${slow} as slow
    ${hasTimes ? ", sum(ms) as ms, count(ms) as timed" : ""}
  from requests group by all`);
const quantiles = "approx_quantile(ms, [0.5, 0.9, 0.95, 0.99])";
const times = hasTimes
  ? `, min(ms) as min, avg(ms) as mean, max(ms) as max, ${quantiles} as percentiles`
  : "";
const timesApart = hasTimes
  ? `, avg(ms) filter (status >= 400) as failed_mean, avg(ms) filter (status < 400) as ok_mean,
      ${quantiles} filter (status >= 400) as failed_percentiles,
      ${quantiles} filter (status < 400) as ok_percentiles`
  : "";
const slowest = hasTimes
  ? await ask(`
    select start, sum(n) as total, sum(slow) as slow, sum(ms) / sum(timed) as mean
    from windows group by start order by slow desc, start limit 1`)
  : [];
const [worst] = await ask(`
    select start, sum(n) as total, sum(n4) as failed4, sum(n5) as failed5, sum(failed) as failed,
      sum(slow) as slow, list(ip order by ip) filter (n > 25) as suspicious
    from windows group by start order by failed desc, start limit 1`);
// At most 64 steps of a minute times a power of 2.
const [{ minutes }] = await ask(`
    select date_diff('minute', min(time), max(time)) + 1 as minutes from requests`);
const stepMinutes = 2 ** Math.ceil(Math.log2(Math.max(1, minutes / 63)));
const extreme = (order) =>
  hasTimes
    ? ask(
      `select endpoint, method, ms, time from requests order by ${order}, time, endpoint, method limit 1`,
    )
    : [];

console.log(JSON.stringify({
  totals: await ask(`
    select count(*) as total, count(*) filter (status >= 400) as failed,
      count(*) filter (status between 400 and 499) as failed4, count(*) filter (status between 500 and 599) as failed5,
      ${slow} as slow, count(distinct ip) as clients, min(time) as first_time, max(time) as last_time
      ${times}
    from requests`),
  fastest: await extreme("ms"),
  slowest: await extreme("ms desc"),
  endpoints: await ask(`
    select endpoint, count(*) as requests, count(*) filter (status >= 400) as failed, ${slow} as slow
      ${times} ${timesApart}
    from requests group by endpoint order by requests desc, endpoint`),
  outcomes: await ask(`
    select endpoint, method, status, count(*) as n
    from requests group by all order by endpoint, n desc, method, status`),
  worst: [worst],
  failed_in_worst: await ask(`
    select endpoint, count(*) as failed from requests
    where status >= 400 and time >= timestamp '${worst.start}'
      and time < timestamp '${worst.start}' + interval 60 seconds
    group by endpoint order by failed desc, endpoint`),
  slowest_window: slowest,
  suspicious: await ask(`
    with clients as (select ip, sum(n) as requests, sum(failed) as failed from windows group by ip)
    select ip, max(n) as peak, count(*) as windows, min(start) as first_window,
      any_value(clients.requests) as requests, any_value(clients.failed) as failed
    from windows join clients using (ip) where n > 25 group by ip order by peak desc, ip`),
  timeline: (await ask(`
    select start, sum(n) as total, sum(n4) as failed4, sum(n5) as failed5, sum(failed) as failed,
      sum(slow) as slow
    from windows group by start order by start`)).length,
  steps: hasTimes
    ? (await ask(`
    select time_bucket(interval ${stepMinutes} minutes, time) as start, count(ms) as n ${times}
    from requests group by 1 order by 1`)).length
    : 0,
  never_succeeds: await ask(`
    select method, endpoint, count(*) as n, list(distinct status) as statuses
    from requests group by all having n >= 30 and min(status) >= 400 order by n desc`),
  noisy: await ask(`
    with middles as (select start, median(n) as middle, count(*) as clients from windows group by start)
    select ip, max(n) as peak from windows join middles using (start)
    where n >= 30 and n >= 10 * middle and clients >= 3 group by ip order by peak desc`),
  median_window: await ask(
    "select median(n) as n from (select sum(n) as n from windows group by start)",
  ),
  clients: await ask(`
    select ip, count(*) as requests, count(*) filter (status >= 400) as failed
    from requests group by ip order by requests desc, ip limit 100`),
  statuses: await ask("select status, count(*) as n from requests group by status order by status"),
  methods: await ask("select method, count(*) as n from requests group by method order by method"),
}));
