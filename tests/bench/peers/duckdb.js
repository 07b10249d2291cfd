// Answers the analyzer's questions with DuckDB: `node duckdb.js FILE|/dev/stdin THREADS`, where
// @duckdb/node-api is installed beside it. Prints one JSON object.
import process from "node:process";

// Not known here, only where the script is copied to.
const library = "@duckdb/node-api";
const { DuckDBInstance } = await import(library);

const [source, threads] = process.argv.slice(2);
const database = await DuckDBInstance.create(":memory:", { threads });
const connection = await database.connect();
const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();

// Read once into memory: faster than a scan for each question, also from a file.
await connection.run(`
  create temp table requests as
  select method, endpoint, status_code as status, ip, response_time as ms, timestamp as time
  from read_json('${source}', format = 'newline_delimited', columns = {
    method: 'VARCHAR', endpoint: 'VARCHAR', status_code: 'USMALLINT', ip: 'VARCHAR',
    response_time: 'DOUBLE', user_agent: 'VARCHAR', timestamp: 'TIMESTAMP'})`);
await connection.run(`
  create temp table windows as
  select time_bucket(interval 60 seconds, time) as start, ip, count(*) as n,
    count(*) filter (status between 400 and 499) as n4, count(*) filter (status between 500 and 599) as n5,
    count(*) filter (status >= 400) as failed
  from requests group by all`);
const percentiles = "approx_quantile(ms, [0.5, 0.9, 0.95, 0.99])";

console.log(JSON.stringify({
  totals: await ask(`
    select count(*) as total, count(*) filter (status >= 400) as failed,
      count(*) filter (status between 400 and 499) as failed4, count(*) filter (status between 500 and 599) as failed5,
      count(distinct ip) as clients, min(time) as first_time, max(time) as last_time,
      min(ms) as min, avg(ms) as mean, max(ms) as max, ${percentiles} as percentiles
    from requests`),
  fastest: await ask(
    "select endpoint, method, ms, time from requests order by ms, time, endpoint, method limit 1",
  ),
  slowest: await ask(
    "select endpoint, method, ms, time from requests order by ms desc, time, endpoint, method limit 1",
  ),
  endpoints: await ask(`
    select endpoint, count(*) as requests, count(*) filter (status >= 400) as failed,
      min(ms) as min, avg(ms) as mean, max(ms) as max, ${percentiles} as percentiles
    from requests group by endpoint order by requests desc, endpoint`),
  worst: await ask(`
    select start, sum(n) as total, sum(n4) as failed4, sum(n5) as failed5, sum(failed) as failed,
      list(ip order by ip) filter (n > 25) as suspicious
    from windows group by start order by failed desc, start limit 1`),
  suspicious: await ask(`
    select ip, max(n) as peak, count(*) as windows, min(start) as first_window
    from windows where n > 25 group by ip order by peak desc, ip`),
  timeline: (await ask(`
    select start, sum(n) as total, sum(n4) as failed4, sum(n5) as failed5
    from windows group by start order by start`)).length,
  clients: await ask(`
    select ip, count(*) as requests, count(*) filter (status >= 400) as failed
    from requests group by ip order by requests desc, ip limit 100`),
  statuses: await ask("select status, count(*) as n from requests group by status order by status"),
  methods: await ask("select method, count(*) as n from requests group by method order by method"),
}));
