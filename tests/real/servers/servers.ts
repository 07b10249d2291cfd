import { join } from "@std/path";

/** A log that a server is told to write. */
export interface ServerLog {
  /** The file's name in the server's folder. */
  readonly file: string;
  /** Its format, as it stands in the server's configuration. */
  readonly template: string;
  /** Whether it is a format that the analyzer knows by itself. */
  readonly isKnown: boolean;
  /** Whether it has response times. */
  readonly hasTimes: boolean;
}

/** A request as a server logs it. */
export interface LoggedRequest {
  /** The status. */
  readonly status: number;
  /** The target as it stands in the log; nothing where there is none, `ANY` where it is the server's affair. */
  readonly target: string | undefined;
}

/** A server to be started, sent requests to, and stopped. */
export interface Server {
  /** Its name, and that of its program. */
  readonly name: string;
  /** The command that runs it in the foreground, in its folder. */
  readonly command: readonly string[];
  /** The file of its configuration. */
  readonly configFile: string;
  /** What stands in it. */
  readonly config: string;
  /** The logs that it writes. */
  readonly logs: readonly ServerLog[];
  /** Writes a target as the server logs it; nothing where it logs none with that status. */
  readonly logged: (target: string, status: number) => string | undefined;
  /** What it logs of exchanges that the client saw no status of, or in part, by their names. */
  readonly unseen: Readonly<Record<string, readonly LoggedRequest[]>>;
  /** How it logs a client that comes and goes; it may not. */
  readonly probe?: LoggedRequest;
  /** The file that its stdout goes to, where it logs there. */
  readonly stdoutFile?: string;
}

/** How long a server waits for a request. */
export const REQUEST_TIMEOUT_S = 1;

const NGINX_LOGS: readonly ServerLog[] = [
  {
    file: "combined.log",
    template: `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent ` +
      `"$http_referer" "$http_user_agent"`,
    isKnown: true,
    hasTimes: false,
  },
  {
    file: "timed.log",
    template: `$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent ` +
      `"$http_referer" "$http_user_agent" $request_time`,
    isKnown: true,
    hasTimes: true,
  },
  {
    file: "bars.log",
    template: "$msec|$remote_addr|$status|$request_time|$request",
    isKnown: false,
    hasTimes: true,
  },
];

/**
 * nginx on a port of the loopback.
 *
 * @param folder A folder of its own.
 * @param port The port.
 */
export function nginx(folder: string, port: number): Server {
  const formats = NGINX_LOGS.map(({ template }, i) => `  log_format f${i} '${template}';`);
  const logs = NGINX_LOGS.map(({ file }, i) => `    access_log ${join(folder, file)} f${i};`);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) =>
    `  ${name}_temp_path ${join(folder, name)};`
  );
  return {
    name: "nginx",
    command: [
      ..."nginx -e stderr -g".split(" "),
      "daemon off; master_process off;",
      ...["-p", folder, "-c", join(folder, "nginx.conf")],
    ],
    configFile: "nginx.conf",
    config: `pid ${join(folder, "nginx.pid")};
events {}
http {
${[...formats, ...temporary].join("\n")}
  client_header_timeout ${REQUEST_TIMEOUT_S}s;
  server {
    listen 127.0.0.1:${port};
${logs.join("\n")}
    location / { return 200 "here\\n"; }
    location /missing { return 404; }
    location /broken { return 500; }
  }
}
`,
    logs: NGINX_LOGS,
    logged: (target) => escapeWith(target, (code) => `\\x${hex(code)}`, /["\\]/),
    unseen: {
      "no version": [{ status: 200, target: "/nine" }],
      "half a request": [{ status: 400, target: "/half" }],
      "waiting for the rest": [{ status: 408, target: "/slow" }],
    },
  };
}

const APACHE_LOGS: readonly ServerLog[] = [
  {
    file: "common.log",
    template: String.raw`%h %l %u %t \"%r\" %>s %b`,
    isKnown: true,
    hasTimes: false,
  },
  {
    file: "combined.log",
    template: String.raw`%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"`,
    isKnown: true,
    hasTimes: false,
  },
  {
    file: "vhost_combined.log",
    template: String.raw`%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"`,
    isKnown: true,
    hasTimes: false,
  },
  { file: "timed.log", template: String.raw`%h %t %D %>s \"%r\"`, isKnown: false, hasTimes: true },
];

const APACHE_MODULES = ["mpm_prefork", "authz_core", "alias", "reqtimeout"];

/**
 * Apache on a port of the loopback.
 *
 * @param folder A folder of its own.
 * @param port The port.
 */
export function apache(folder: string, port: number): Server {
  return {
    name: "apache2",
    command: ["apache2", "-D", "FOREGROUND", "-f", join(folder, "apache.conf")],
    configFile: "apache.conf",
    config: `ServerRoot ${folder}
ServerName www.example.com
Listen 127.0.0.1:${port}
PidFile ${join(folder, "apache.pid")}
DefaultRuntimeDir ${folder}
Mutex pthread
ErrorLog ${join(folder, "error.txt")}
User www-data
Group www-data
${
      APACHE_MODULES.map((name) =>
        `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`
      )
        .join("\n")
    }
RequestReadTimeout header=${REQUEST_TIMEOUT_S}
KeepAliveTimeout 1
DocumentRoot ${join(folder, "pages")}
AliasMatch ^/(?!missing|broken) ${join(folder, "pages/index.html")}
Redirect 404 /missing
Redirect 500 /broken
${
      APACHE_LOGS.map(({ file, template }) => `CustomLog ${join(folder, file)} "${template}"`)
        .join("\n")
    }
`,
    logs: APACHE_LOGS,
    logged: (target) => escapeWith(target, escapeOfApache, /["\\]/),
    unseen: {
      "no version": [{ status: 200, target: "/nine" }],
      "half a request": [{ status: 400, target: "/half" }],
    },
  };
}

const HAPROXY_LOG: ServerLog = {
  file: "httplog.log",
  template: "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc " +
    "%ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r",
  isKnown: true,
  hasTimes: true,
};

/**
 * HAProxy on a port of the loopback.
 *
 * @param folder A folder of its own.
 * @param port The port.
 */
export function haproxy(folder: string, port: number): Server {
  return {
    name: "haproxy",
    command: ["haproxy", "-db", "-f", join(folder, "haproxy.cfg")],
    configFile: "haproxy.cfg",
    config: `global
  log stdout len 65535 format raw local0
defaults
  mode http
  log global
  timeout client 3s
  timeout server 3s
  timeout connect 1s
  timeout http-request ${REQUEST_TIMEOUT_S}s
frontend site
  bind 127.0.0.1:${port}
  log-format "${HAPROXY_LOG.template}"
  http-request return status 404 if { path_beg /missing }
  http-request return status 500 if { path_beg /broken }
  http-request return status 200 content-type text/plain string here
`,
    logs: [HAPROXY_LOG],
    logged: (target, status) =>
      BAD_REQUEST.has(status) ? undefined : escapeWith(target, (code) => `#${hex(code)}`, /["#]/),
    unseen: {
      nothing: [{ status: 400, target: undefined }],
      "half a request": [{ status: 400, target: undefined }],
    },
    probe: { status: 400, target: undefined },
    stdoutFile: HAPROXY_LOG.file,
  };
}

/** With these HAProxy logs `<BADREQ>`. */
const BAD_REQUEST: ReadonlySet<number> = new Set([400, 408]);

function escapeOfApache(code: number): string {
  const isText = code >= 0x20 && code <= 0x7E;
  return isText ? `\\${String.fromCharCode(code)}` : `\\x${hex(code).toLowerCase()}`;
}

/** Writes controls, what is not ASCII, and some others as a server escapes them. */
function escapeWith(text: string, escape: (code: number) => string, others: RegExp): string {
  return [...text].map((char) => {
    const code = char.charCodeAt(0);
    return code < 0x20 || code > 0x7E || others.test(char) ? escape(code) : char;
  }).join("");
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(2, "0");
}
