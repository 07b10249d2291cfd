/** Stands for a target that a server logs in part, or not. */
export const ANY = "any";

/** What a client sends over one connection, and what it then does. */
export interface Exchange {
  /** What it is about. */
  readonly name: string;
  /** The bytes, one code unit a byte. */
  readonly sent: string;
  /** The target of each request in it, in order: none where it is no request, `ANY` where each server has its own. */
  readonly targets: readonly (string | undefined)[];
  /** Whether the client leaves without reading the answer. */
  readonly leaves?: true;
}

const ask = (request: string, headers = "") =>
  `${request}\r\nHost: www.example.com\r\n${headers}Connection: close\r\n\r\n`;

/** A request with all that HTTP/1.1 asks for, whose target is logged as it is sent. */
const get = (target: string): Exchange => ({
  name: `GET ${target.length > 40 ? `${target.slice(0, 40)}…` : target}`,
  sent: ask(`GET ${target} HTTP/1.1`, "User-Agent: client/1.0\r\n"),
  targets: [target],
});

const KEPT = "GET /kept?n=1 HTTP/1.1\r\nHost: www.example.com\r\n\r\n";
const TLS_HELLO = '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03"\\ab\x00\x01\r\n\r\n';

/** Ordinary requests and broken ones. */
export const EXCHANGES: readonly Exchange[] = [
  get("/"),
  get("/"),
  get("/index.html?a=1&b=%20%22"),
  get("/missing"),
  get("/missing/deeper?x=[1]{2}|^~'"),
  get("/broken"),
  get("/caf%C3%A9"),
  get('/quote"inside'),
  get("/back\\slash"),
  // Below what HAProxy cuts a request to, and what the analyzer cuts a target to.
  get(`/long?${"x".repeat(900)}`),
  { name: "too long", sent: ask(`GET /${"y".repeat(20_000)} HTTP/1.1`), targets: [ANY] },
  { name: "HTTP/1.0", sent: "GET /old HTTP/1.0\r\n\r\n", targets: ["/old"] },
  { name: "HEAD", sent: ask("HEAD /head HTTP/1.1"), targets: ["/head"] },
  {
    name: "absolute",
    sent: ask("GET http://www.example.com/whole HTTP/1.1"),
    targets: ["http://www.example.com/whole"],
  },
  { name: "asterisk", sent: ask("OPTIONS * HTTP/1.1"), targets: ["*"] },
  {
    name: "kept alive",
    sent: KEPT + KEPT + ask("GET /last HTTP/1.1"),
    targets: ["/kept?n=1", "/kept?n=1", "/last"],
  },
  { name: "odd method", sent: ask("BREW /pot HTTP/1.1"), targets: ["/pot"] },
  { name: "lower case method", sent: ask("get /lower HTTP/1.1"), targets: ["/lower"] },
  { name: "method of other bytes", sent: ask("G\x01T /bad HTTP/1.1"), targets: [undefined] },
  { name: "space in the target", sent: ask("GET /a b HTTP/1.1"), targets: ["/a b"] },
  {
    name: "control byte in the target",
    sent: ask("GET /\x01\x7f HTTP/1.1"),
    targets: ["/\x01\x7f"],
  },
  { name: "byte that is no ASCII", sent: ask("GET /\xe9 HTTP/1.1"), targets: ["/\xe9"] },
  { name: "no version", sent: "GET /nine\r\n", targets: ["/nine"] },
  { name: "unknown version", sent: ask("GET /v HTTP/7.3"), targets: ["/v"] },
  {
    name: "no host",
    sent: "GET /nohost HTTP/1.1\r\nConnection: close\r\n\r\n",
    targets: ["/nohost"],
  },
  { name: "one word", sent: "hello\r\n\r\n", targets: [undefined] },
  { name: "TLS", sent: TLS_HELLO, targets: [undefined] },
  { name: "nothing", sent: "", targets: [], leaves: true },
  {
    name: "half a request",
    sent: "GET /half HTTP/1.1\r\nHost: www",
    targets: ["/half"],
    leaves: true,
  },
  { name: "waiting for the rest", sent: "GET /slow HTTP/1.1\r\nHost: www", targets: ["/slow"] },
  {
    name: "user agent with quotes",
    sent: ask("GET /agent HTTP/1.1", 'User-Agent: a "b" \\ c\r\nReferer: "\r\n'),
    targets: ["/agent"],
  },
];

/** What came of an exchange. */
export interface Answered {
  /** The exchange. */
  readonly exchange: Exchange;
  /** The statuses that the client was answered with, in order. */
  readonly statuses: readonly number[];
}

/**
 * Sends what a client sends, and reads the answers until the server closes.
 *
 * @param exchange What to send.
 * @param port The port of the loopback that the server listens on.
 */
export async function send(exchange: Exchange, port: number): Promise<Answered> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    const bytes = Uint8Array.from(exchange.sent, (char) => char.charCodeAt(0));
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    if (exchange.leaves) return { exchange, statuses: [] };
    const text = await readAll(connection);
    const statuses = [...text.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) =>
      Number(status)
    );
    return { exchange, statuses };
  } finally {
    connection.close();
  }
}

async function readAll(connection: Deno.Conn): Promise<string> {
  const decoder = new TextDecoder(), chunk = new Uint8Array(65_536);
  let text = "";
  try {
    for (;;) {
      const size = await connection.read(chunk);
      if (size === null) return text;
      text += decoder.decode(chunk.subarray(0, size), { stream: true });
    }
  } catch (error) {
    // The server does not read to the end what it refuses.
    if (error instanceof Deno.errors.ConnectionReset) return text;
    throw error;
  }
}
