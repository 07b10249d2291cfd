/** What a line is read as. */
export type Read = readonly [
  method: string,
  endpoint: string,
  status: number,
  ip: string,
  responseTimeUs: number | undefined,
  time: string,
];

/** A template, and lines of it. */
export interface TemplateCase {
  /** What is special about it. */
  readonly name: string;
  /** The template, or the line of a configuration. */
  readonly template: string;
  /** Lines and what they are; a text is the reason of a rejection. */
  readonly lines: readonly (readonly [line: string, read: Read | string])[];
}

const T = "2026-11-25T18:00:00";
const COMBINED = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"';

/** Templates as configurations have them. */
export const CASES: readonly TemplateCase[] = [
  {
    name: "nginx: combined and the response time",
    template:
      `log_format timed '$remote_addr - $remote_user [$time_local] "$request" '\n  '$status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time';`,
    lines: [
      [
        '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 512 "-" "curl/8.9.1" 0.142',
        ["GET", "/a?b=1", 200, "192.0.2.7", 142_000, T],
      ],
      [
        '2001:db8::1 - jane doe [25/Nov/2026:19:00:00 +0100] "\\x16\\x03\\x01" 400 0 "-" "a \\x22b\\x22" 0.000',
        ["-", "-", 400, "2001:db8::1", 0, T],
      ],
      [
        '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a b HTTP/1.1" 404 0 "-" "-" -',
        ["GET", "/a b", 404, "192.0.2.7", undefined, T],
      ],
      [
        '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "" 000 0 "-" "-" 1.000',
        "bad_status",
      ],
      [
        '192.0.2.7 - - [31/Feb/2026:18:00:00 +0000] "-" 400 0 "-" "-" 1.000',
        "bad_timestamp",
      ],
    ],
  },
  {
    name: "nginx: lists of the upstream are no response time",
    template:
      '$remote_addr [$time_local] "$request" $status $upstream_addr $upstream_response_time $upstream_status',
    lines: [
      [
        '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET / HTTP/2.0" 200 192.0.2.50:80 0.250 200',
        ["GET", "/", 200, "192.0.2.7", 250_000, T],
      ],
      [
        '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET / HTTP/2.0" 200 192.0.2.50:80, 192.0.2.51:80 0.001, 0.250 502, 200',
        ["GET", "/", 200, "192.0.2.7", undefined, T],
      ],
      [
        '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET / HTTP/2.0" 200 - - -',
        ["GET", "/", 200, "192.0.2.7", undefined, T],
      ],
    ],
  },
  {
    name: "nginx: the request's own time counts before the upstream's",
    template:
      '$remote_addr $msec "$request_method $uri$is_args$args" ${status} $upstream_response_time $request_time',
    lines: [[
      '192.0.2.7 1795629600.000 "POST /a?b=1" 201 0.001 0.002',
      ["POST", "/a?b=1", 201, "192.0.2.7", 2000, T],
    ]],
  },
  {
    name: "nginx: a header is the client only where no address is",
    template: '"$http_x_forwarded_for" [$time_iso8601] "$request" $status',
    lines: [
      [
        '"192.0.2.9, 192.0.2.1" [2026-11-25T18:00:00+00:00] "GET / HTTP/1.1" 200',
        ["GET", "/", 200, "192.0.2.9", undefined, T],
      ],
      [
        '"192.0.2.9" [2026-11-25T18:00:00+00:00] "GET / HTTP/1.1" 200',
        ["GET", "/", 200, "192.0.2.9", undefined, T],
      ],
      [
        '"-" [2026-11-25T18:00:00+00:00] "GET / HTTP/1.1" 200',
        ["GET", "/", 200, "-", undefined, T],
      ],
    ],
  },
  {
    name: "nginx: the address counts before the header",
    template: '"$http_x_forwarded_for" $remote_addr [$time_iso8601] "$request" $status',
    lines: [[
      '"192.0.2.9" 192.0.2.7 [2026-11-25T18:00:00+00:00] "GET / HTTP/1.1" 200',
      ["GET", "/", 200, "192.0.2.7", undefined, T],
    ], [
      '"192.0.2.9, 192.0.2.1" ::ffff:192.0.2.7 [2026-11-25T18:00:00+00:00] "GET / HTTP/1.1" 200',
      ["GET", "/", 200, "192.0.2.7", undefined, T],
    ]],
  },
  {
    name: "nginx: ingress",
    template:
      '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_length $request_time [$proxy_upstream_name] [$proxy_alternative_upstream_name] $upstream_addr $upstream_response_length $upstream_response_time $upstream_status $req_id',
    lines: [[
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "curl/8.9.1" 80 0.012 [shop-web-80] [] 192.0.2.50:8080 512 0.011 200 0f3a',
      ["GET", "/a", 200, "192.0.2.7", 12_000, T],
    ]],
  },
  {
    name: "nginx: JSON with numbers and escapes",
    template:
      `log_format json escape=json '{"time":"$time_iso8601","ip":"$remote_addr","method":"$request_method",'\n'"uri":"$request_uri","status":$status,"rt":$request_time,"ua":"$http_user_agent"}';`,
    lines: [
      [
        '{"time":"2026-11-25T18:00:00+00:00","ip":"192.0.2.7","method":"GET","uri":"/a","status":200,"rt":0.010,"ua":"a \\"b\\""}',
        ["GET", "/a", 200, "192.0.2.7", 10_000, T],
      ],
      [
        '{"time":"2026-11-25T18:00:00+00:00","ip":"2001:db8::1","method":"","uri":"/\\"a\\\\","status":400,"rt":,"ua":""}',
        ["-", '/"a\\', 400, "2001:db8::1", undefined, T],
      ],
    ],
  },
  {
    name: "nginx: JSON with the whole request and quoted numbers",
    template:
      '{"t": "$msec", "client": "$remote_addr", "request": "$request", "status": "$status", "took": "$request_time"}',
    lines: [[
      '{"t": "1795629600.000", "client": "192.0.2.7", "request": "GET /a HTTP/1.1", "status": "404", "took": "0.001"}',
      ["GET", "/a", 404, "192.0.2.7", 1000, T],
    ]],
  },
  {
    name: "nginx: tabs and unknown variables",
    template:
      "log_format t '$time_iso8601\\t$geoip_country_code\\t$remote_addr\\t$request_method\\t$request_uri\\t$status';",
    lines: [[
      "2026-11-25T18:00:00+00:00\tDE\t192.0.2.7\tGET\t/a\t200",
      ["GET", "/a", 200, "192.0.2.7", undefined, T],
    ]],
  },
  {
    name: "nginx: Nginx Proxy Manager",
    template:
      '[$time_local] - $upstream_cache_status $upstream_status $status - $request_method $scheme $host "$request_uri" [Client $remote_addr] [Length $body_bytes_sent] [Gzip $gzip_ratio] [Sent-to $server] "$http_user_agent" "$http_referer"',
    lines: [[
      '[25/Nov/2026:18:00:00 +0000] - 200 200 200 - GET https example.com "/a" [Client 192.0.2.7] [Length 5] [Gzip -] [Sent-to web] "curl/8.9.1" "-"',
      ["GET", "/a", 200, "192.0.2.7", undefined, T],
    ]],
  },
  {
    name: "API Gateway",
    template:
      '$context.identity.sourceIp [$context.requestTime] "$context.httpMethod $context.path $context.protocol" $context.status $context.responseLatency',
    lines: [[
      '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET /pets HTTP/1.1" 200 12',
      ["GET", "/pets", 200, "192.0.2.7", 12_000, T],
    ]],
  },
  {
    name: "Apache: combined, microseconds",
    template:
      'LogFormat "%h %l %u %t \\"%r\\" %>s %b \\"%{Referer}i\\" \\"%{User-Agent}i\\" %D" timed',
    lines: [
      [
        '192.0.2.7 - "" [25/Nov/2026:18:00:00 +0000] "GET /\\"a\\" HTTP/1.1" 200 - "-" "x\\"y" 15023',
        ["GET", '/\\"a\\"', 200, "192.0.2.7", 15_023, T],
      ],
      [
        '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 - "-" "curl/8.9.1" 15023',
        ["GET", "/a", 200, "192.0.2.7", 15_023, T],
      ],
      [
        'host.example.com - - [25/Nov/2026:18:00:00 +0000] "-" 408 - "-" "-" 20',
        ["-", "-", 408, "host.example.com", 20, T],
      ],
    ],
  },
  {
    name: "Apache: quotes copied with their backslashes",
    template: '%v:%p %h %l %u %t \\"%r\\" %>s %O %T',
    lines: [[
      'example.com:443 192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET / HTTP/1.1" 200 512 3',
      ["GET", "/", 200, "192.0.2.7", 3_000_000, T],
    ]],
  },
  {
    name: "Apache: path and query, milliseconds",
    template: 'CustomLog "logs/access.log" "%a %t \\"%m %U%q %H\\" %>s %{ms}T"',
    lines: [[
      '192.0.2.7 [25/Nov/2026:18:00:00 +0000] "GET /a?b=1 HTTP/1.1" 200 7',
      ["GET", "/a?b=1", 200, "192.0.2.7", 7000, T],
    ]],
  },
  {
    name: "Apache: one time in several tokens",
    template: '%{%Y-%m-%dT%T}t.%{msec_frac}t%{%z}t %a "%r" %>s %{us}T',
    lines: [[
      '2026-11-25T19:00:00.250+0100 192.0.2.7 "GET / HTTP/1.1" 200 9',
      ["GET", "/", 200, "192.0.2.7", 9, "2026-11-25T18:00:00.250"],
    ]],
  },
  {
    name: "Apache: seconds and their fraction side by side, and bytes that came first",
    template: '%{%s}t%{msec_frac}t %a "%r" %>s %^FU %^FB',
    lines: [[
      '1795629600250 192.0.2.7 "GET / HTTP/1.1" 200 12 34',
      ["GET", "/", 200, "192.0.2.7", undefined, "2026-11-25T18:00:00.250"],
    ]],
  },
  {
    name: "Apache: seconds and their fraction apart",
    template: '%{%s}t %{msec_frac}t %a "%r" %>s',
    lines: [['1795629600 250 192.0.2.7 "GET / HTTP/1.1" 200', [
      "GET",
      "/",
      200,
      "192.0.2.7",
      undefined,
      T,
    ]]],
  },
  {
    name: "Apache: a time without a zone",
    template: '%{%F %T}t,%{msec_frac}t %a "%r" %>s',
    lines: [[
      '2026-11-25 18:00:00,250 192.0.2.7 "GET / HTTP/1.1" 200',
      ["GET", "/", 200, "192.0.2.7", undefined, "2026-11-25T18:00:00.250"],
    ]],
  },
  {
    name: "Apache: a time in several tokens with a space in it, and its zone",
    template: '%{%F %T}t,%{msec_frac}t%{%z}t %a "%r" %>s',
    lines: [
      [
        '2026-11-25 18:00:00,250+0100 192.0.2.7 "GET / HTTP/1.1" 200',
        ["GET", "/", 200, "192.0.2.7", undefined, "2026-11-25T17:00:00.250"],
      ],
    ],
  },
  {
    name: "nginx: ISO 8601 without a zone, as others write it",
    template: '[$time_iso8601] [$level] $remote_addr "$request" $status',
    lines: [[
      '[2026-11-25T18:00:00.443] [INFO] 192.0.2.7 "GET / HTTP/1.1" 200',
      ["GET", "/", 200, "192.0.2.7", undefined, "2026-11-25T18:00:00.443"],
    ]],
  },
  {
    name: "Apache: seconds since 1970, statuses of some requests",
    template: '%{sec}t %{c}a "%r" %400,501s %>s %!200,304{Referer}i',
    lines: [[
      '1795629600 192.0.2.7 "GET / HTTP/1.1" - 200 -',
      ["GET", "/", 200, "192.0.2.7", undefined, T],
    ]],
  },
  {
    name: "Apache: JSON",
    template:
      'LogFormat "{\\"time\\":\\"%{%Y-%m-%dT%H:%M:%S%z}t\\",\\"ip\\":\\"%a\\",\\"req\\":\\"%r\\",\\"status\\":%>s,\\"us\\":%D}" json',
    lines: [[
      '{"time":"2026-11-25T18:00:00+0000","ip":"192.0.2.7","req":"GET /a HTTP/1.1","status":200,"us":5}',
      ["GET", "/a", 200, "192.0.2.7", 5, T],
    ]],
  },
  {
    name: "gunicorn",
    template:
      `access_log_format = '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(L)s'`,
    lines: [[
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8.9.1" 0.001234',
      ["GET", "/", 200, "192.0.2.7", 1234, T],
    ]],
  },
  {
    name: "lighttpd",
    template: 'accesslog.format = "%h %V %u %t \\"%r\\" %>s %b"',
    lines: [[
      '192.0.2.7 example.com - [25/Nov/2026:18:00:00 +0000] "GET / HTTP/1.1" 200 5',
      ["GET", "/", 200, "192.0.2.7", undefined, T],
    ]],
  },
  {
    name: "Tomcat",
    template: 'pattern="%h %l %u %t &quot;%r&quot; %s %b %D"',
    lines: [[
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET / HTTP/1.1" 200 5 1500',
      ["GET", "/", 200, "192.0.2.7", 1500, T],
    ]],
  },
  {
    name: "HAProxy: httplog",
    template:
      'log-format "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r"',
    lines: [
      [
        '192.0.2.7:51234 [25/Nov/2026:18:00:00.123] web app/s1 0/0/1/11/12 200 512 - - ---- 1/1/0/0/0 0/0 "GET /a HTTP/1.1"',
        ["GET", "/a", 200, "192.0.2.7", 12_000, `${T}.123`],
      ],
      [
        '2001:db8::1:51234 [25/Nov/2026:18:00:00.123] web web/<NOSRV> -1/-1/-1/-1/+5 400 0 - - PR-- 1/1/0/0/0 0/0 {a b|} "<BADREQ>"',
        ["-", "-", 400, "2001:db8::1", 5000, `${T}.123`],
      ],
      [
        '192.0.2.7:51234 [25/Nov/2026:18:00:00.123] web app/s1 0/0/1/-1/-1 -1 0 - - CD-- 1/1/0/0/0 0/0 "GET /a HTTP/1.1"',
        "bad_status",
      ],
    ],
  },
  {
    name: "HAProxy: escaped spaces",
    template: "log-format %ci\\ [%trg]\\ %ST\\ %Ta\\ %HM\\ %HU",
    lines: [[
      "192.0.2.7 [25/Nov/2026:18:00:00 +0000] 200 7 GET /a",
      ["GET", "/a", 200, "192.0.2.7", 7000, T],
    ]],
  },
  {
    name: "HAProxy: quotes around all strings",
    template:
      '%{+Q}o %{-Q}ci - - [%trg] %r %ST %B "" "" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta %tsc',
    lines: [[
      '192.0.2.7 - - [25/Nov/2026:18:00:00 +0000] "GET /a HTTP/1.1" 200 512 "" "" 51234 123 "web" "app" "s1" 0 0 1 11 12 "----"',
      ["GET", "/a", 200, "192.0.2.7", 12_000, T],
    ]],
  },
  {
    name: "HAProxy: sample expressions",
    template: '%[src] [%tr] "%[method] %[url] %HV" %ST %Ta %[ssl_fc_sni]/%sslv',
    lines: [[
      '192.0.2.7 [25/Nov/2026:18:00:00.000] "GET /a HTTP/1.1" 200 7 example.com/TLSv1.3',
      ["GET", "/a", 200, "192.0.2.7", 7000, T],
    ]],
  },
  {
    name: "Envoy: the default",
    template:
      '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"\\n',
    lines: [
      [
        '[2026-11-25T18:00:00.123Z] "GET /a HTTP/2" 200 - 0 5 12 11 "192.0.2.7" "curl/8.9.1" "cc21" "example.com" "192.0.2.50:80"',
        ["GET", "/a", 200, "192.0.2.7", 12_000, `${T}.123`],
      ],
      [
        '[2026-11-25T18:00:00.123Z] "GET /a HTTP/2" 0 DC 0 0 12 - "-" "-" "-" "-" "-"',
        "bad_status",
      ],
    ],
  },
  {
    name: "Envoy: client with its port",
    template:
      'text_format: "%START_TIME% %DOWNSTREAM_REMOTE_ADDRESS% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE% %DURATION%\\n"',
    lines: [
      ["2026-11-25T18:00:00.123Z 192.0.2.7:51234 GET /a 200 3", [
        "GET",
        "/a",
        200,
        "192.0.2.7",
        3000,
        `${T}.123`,
      ]],
      ["2026-11-25T18:00:00.123Z [2001:db8::1]:51234 - - 400 -", [
        "-",
        "-",
        400,
        "2001:db8::1",
        undefined,
        `${T}.123`,
      ]],
    ],
  },
  {
    name: "Envoy: JSON",
    template:
      '{"agent":"%REQ(USER-AGENT)%","time":"%START_TIME%","method":"%REQ(:METHOD)%","path":"%REQ(:PATH)%","status":"%RESPONSE_CODE%","flags":"%RESPONSE_FLAGS%"}',
    lines: [
      [
        '{"agent":"curl \\"8\\"","time":"2026-11-25T18:00:00.123Z","method":"GET","path":"/a","status":"200","flags":"-"}',
        ["GET", "/a", 200, "-", undefined, `${T}.123`],
      ],
      [
        '{"agent":"-","time":"2026-11-25T18:00:00.123Z","method":"GET","path":"/a\\"b","status":"404","flags":"a\\\\"}',
        ["GET", '/a"b', 404, "-", undefined, `${T}.123`],
      ],
    ],
  },
  {
    name: "nginx: JSON that it does not escape",
    template:
      `log_format j escape=none '{"a":"$http_user_agent","t":"$time_iso8601","r":"$request","s":$status,"b":"$http_referer"}';`,
    lines: [
      [
        '{"a":"a \\\\ \\"b\\"","t":"2026-11-25T18:00:00+00:00","r":"GET /a HTTP/1.1","s":200,"b":"\\""}',
        ["GET", "/a", 200, "-", undefined, T],
      ],
      [
        '{"a":"curl","t":"2026-11-25T18:00:00+00:00","r":"GET /a\\" HTTP/1.1","s":200,"b":""}',
        ["GET", '/a"', 200, "-", undefined, T],
      ],
    ],
  },
  {
    name: "Apache: combined, behind a server",
    template: `%v ${COMBINED}`,
    lines: [[
      'example.com 192.0.2.7 - jane [25/Nov/2026:18:00:00 -0500] "GET / HTTP/1.0" 302 - "https://example.com/" "curl"',
      ["GET", "/", 302, "192.0.2.7", undefined, "2026-11-25T23:00:00"],
    ]],
  },
];
