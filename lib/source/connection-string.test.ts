import { describe, expect, it } from "vitest";
import type { ConnectionSpec, TlsMode } from "@/lib/postgres/connection-spec";
import { parseConnectionString, readConnection } from "./connection-string";

type Told = Partial<Omit<ConnectionSpec, "tls">> & { mode?: TlsMode };

const spec = ({ mode, ...told }: Told): ConnectionSpec => ({
  host: "h.example",
  port: 5432,
  database: "d",
  user: "u",
  password: "p",
  ...told,
  tls: { mode: mode ?? "prefer" },
});

/** What people have on their clipboard, and what it says. */
const URLS: [string, Told][] = [
  ["postgres://u:p@h.example:5432/d", {}],
  ["postgresql://u:p@h.example/d", {}],
  ["POSTGRESQL://u:p@h.example/d", {}],
  ["postgres://u@h.example/d", { password: null }],
  ["postgres://u:@h.example/d", { password: "" }],
  ["postgres://u:p@h.example", { database: "u" }],
  ["postgres://u:p@h.example/", { database: "u" }],
  ["postgres://u:p@h.example/d?sslmode=require", { mode: "require" }],
  ["postgres://u:p@h.example/d?sslmode=no-verify", { mode: "require" }],
  ["postgres://u:p@h.example/d?ssl=true", { mode: "require" }],
  ["postgres://u:p@h.example/d?sslmode=allow&connect_timeout=10", { mode: "allow", connectTimeoutSeconds: 10 }],
  [
    "postgresql://u:p@h.example/d?sslmode=verify-full&channel_binding=require",
    { mode: "verify-full", channelBinding: "require" },
  ],
  [
    "postgres://u:p@h.example:6543/d?options=endpoint%3Dep-x&application_name=a@b",
    { port: 6543, options: "endpoint=ep-x" },
  ],
  ["postgres://h.example/d?user=u&password=p", {}],
  ["postgresql:///d?host=h.example&port=5433&user=u&password=p", { port: 5433 }],
  [
    "jdbc:postgresql://h.example:5433/d?user=u&password=p@ss&ssl=true",
    { port: 5433, password: "p@ss", mode: "require" },
  ],
  ["postgresql+asyncpg://u:p@h.example/d", {}],
  ["postgres://u%40server:p@h.example/d", { user: "u@server" }],
  ["postgres://u@server:p@h.example/d", { user: "u@server" }],
  ["postgres://u:p@h.example/my%20db", { database: "my db" }],
  // Passwords as they are.
  ["postgres://u:p@ss/w#rd@h.example/d", { password: "p@ss/w#rd" }],
  ["postgres://u:a?b=c@h.example/d", { password: "a?b=c" }],
  ["postgres://u:a?b=c&d@h.example/d?sslmode=disable", { password: "a?b=c&d", mode: "disable" }],
  ["postgres://u:a:b:c@h.example/d", { password: "a:b:c" }],
  ["postgres://u:100%@h.example/d", { password: "100%" }],
  ["postgres://u:%70%40%25@h.example/d", { password: "p@%" }],
  ["postgres://u:p+q@h.example/d", { password: "p+q" }],
  ["postgres://u:'p\"@h.example/d", { password: "'p\"" }],
  ["postgres://u:pässwörd@h.example/d", { password: "pässwörd" }],
  // Addresses.
  ["postgres://u:p@[2001:db8::1]:6000/d", { host: "2001:db8::1", port: 6000 }],
  ["postgres://u:p@[::1]/d", { host: "::1" }],
  ["postgres://u:p@[fe80::1%25eth0]/d", { host: "fe80::1%eth0" }],
  ["postgres://u:p@127.0.0.1:5433/d", { host: "127.0.0.1", port: 5433 }],
  ["postgres://u:p@db_1.internal/d", { host: "db_1.internal" }],
  // With something around them.
  ["  postgres://u:p@h.example/d\n", {}],
  ['"postgres://u:p@h.example/d"', {}],
  ["`postgres://u:p@h.example/d`", {}],
  ["<postgres://u:p@h.example/d>", {}],
  ["DATABASE_URL=postgres://u:p@h.example/d", {}],
  ["DATABASE_URL = 'postgres://u:p@h.example/d'", {}],
  ["DATABASE_URL:            postgres://u:p@h.example/d", {}],
  ['export DATABASE_URL="postgres://u:p@h.example/d";', {}],
  ['  "DATABASE_URL": "postgres://u:p@h.example/d",', {}],
  ['DATABASE_URL="postgres://u:a\'b c@h.example/d"', { password: "a'b c" }],
  ["psql postgres://u:p@h.example/d", {}],
  ["psql 'postgres://u:p@h.example/d?sslmode=require' -c 'select 1'", { mode: "require" }],
  ['$ psql -d "postgres://u:p@h.example/d"', {}],
  ["PGPASSWORD='s e c' psql postgres://u@h.example/d", { password: "s e c" }],
  ["pg_dump postgres://u:p@h.example/d > dump.sql", {}],
];

const PAIRS: [string, Told][] = [
  ["host=h.example dbname=d user=u password=p", {}],
  ["host = h.example\ndbname = d\nuser = u\npassword = p\n", {}],
  ["host=h.example port=6000 dbname=d user=u password=p sslmode=verify-ca", { port: 6000, mode: "verify-ca" }],
  ["host=h.example dbname='my db' user=u password='it\\'s \\\\ here'", { database: "my db", password: "it's \\ here" }],
  ["host=h.example dbname=d user=u password=a;b=c", { password: "a;b=c" }],
  ["host=h.example user=u password=''", { database: "u", password: "" }],
  ["hostaddr=10.0.0.1 user=u dbname=d", { host: "10.0.0.1", password: null }],
  ["host=::1 user=u dbname=d password=x/psql", { host: "::1", password: "x/psql" }],
  ['"host=h.example dbname=d user=u password=p"', {}],
  [
    "Host=h.example;Port=6000;Database=d;Username=u;Password=p;SSL Mode=VerifyFull",
    { port: 6000, mode: "verify-full" },
  ],
  ["User Id=u;Password=p;Server=h.example;Database=d;", {}],
  ["host=h.example;database=d;username=u;password=p", {}],
  [
    'Host=h.example; Database=d; Username=u; Password="a;b"; Channel Binding=Require;',
    { password: "a;b", channelBinding: "require" },
  ],
];

const COMMANDS: [string, Told][] = [
  ["psql -h h.example -p 6000 -U u -d d", { port: 6000, password: null }],
  ["psql -hh.example -p6000 -Uu d", { port: 6000, password: null }],
  ["psql --host=h.example --port 6000 --username=u --dbname='d'", { port: 6000, password: null }],
  ["psql -h h.example d u", { password: null }],
  ["PGPASSWORD=p psql -h h.example -U u d", {}],
  ["PGPASSWORD='p q' PGSSLMODE=require psql -h h.example -U u -d d", { password: "p q", mode: "require" }],
  ["psql -W -h h.example -c 'select 1' -U u -v x=1 d", { password: null }],
  ['psql "host=h.example dbname=d user=u password=p sslmode=require"', { mode: "require" }],
  ["psql -U u -d 'host=h.example dbname=d password=p'", {}],
  ["/usr/bin/psql -h h.example \\\n  -U u \\\n  d", { password: null }],
  ["pg_dump -Fc -h h.example -U u d", { password: null }],
  ["PGHOST=h.example\nPGDATABASE=d\nPGUSER=u\nPGPASSWORD=p", {}],
  ["PGHOST='h.example'\r\nPGDATABASE='d'\r\nPGUSER='u'\r\nPGPASSWORD='p'\r\nPGPORT=6000", { port: 6000 }],
  ['export PGHOST="h.example"; export PGUSER=u; export PGDATABASE=d; export PGPASSWORD="a\\"b"', { password: 'a"b' }],
  ["PGHOST=h.example\nPGUSER=u\nPGDATABASE=d\nPGPASSWORD=it's#50%\\x", { password: "it's#50%\\x" }],
];

describe.each([
  ["an address", URLS],
  ["pairs", PAIRS],
  ["a command or its variables", COMMANDS],
])("%s", (_form, cases) => {
  it.each(cases)("%s", (pasted, told) => {
    expect(parseConnectionString(pasted)).toEqual(spec(told));
  });
});

describe("an address of its own form", () => {
  const pem = (name: string) => `-----BEGIN ${name}-----\nMIIBszCCAVmgAwIBAgIU\n-----END ${name}-----`;

  it.each<[string, Told]>([
    ["postgres://u:my pass@h.example/d", { password: "my pass" }],
    ["“postgres://u:p@h.example/d”", {}],
    ["postgis://u:p@h.example/d", {}],
    ["postgresql+psycopg2://u:p@h.example/d?sslmode=require", { mode: "require" }],
    [
      "jdbc:postgresql://h.example/d?user=u&password=p%2Bq&loginTimeout=10",
      { password: "p+q", connectTimeoutSeconds: 10 },
    ],
    [
      "jdbc:postgresql://h.example/d?user=u&password=p&sslfactory=org.postgresql.ssl.NonValidatingFactory",
      { mode: "require" },
    ],
    [
      "postgres://u:p@h.example/d?schema=public&connection_limit=5&pgbouncer=true&sslaccept=strict",
      { mode: "verify-full" },
    ],
    ["postgres://u:p@h.example/d?sslmode=require&sslaccept=accept_invalid_certs", { mode: "require" }],
    ["postgres://u:p@h.example/d?ssl=verify-full", { mode: "verify-full" }],
    ["postgres://u:p@h.example/d?sslmode=disable&ssl=true", { mode: "disable" }],
    ["postgres://u:p@h.example/d?sslrootcert=system", { mode: "verify-full" }],
    ["postgres://u:p@h.example/d?connect_timeout=0", { connectTimeoutSeconds: 30 }],
    ["postgres://u:p@h.example/d?connect_timeout=1", { connectTimeoutSeconds: 2 }],
    ["host=h.example hostaddr=192.0.2.7 user=u password=p dbname=d", { address: "192.0.2.7" }],
    ["PGPASSWORD=p PGSSLMODE=require psql postgres://u@h.example/d", { mode: "require" }],
    ["DATABASE_URL=postgres://u:p@h-pooler.example/d\nDIRECT_URL=postgres://u:p@h.example/d", {}],
    ['POSTGRES_URL="postgres://u:p@pool.example/d"\nPOSTGRES_URL_NON_POOLING="postgres://u:p@h.example/d"', {}],
    [
      "DB_CONNECTION=pgsql\nDB_HOST=h.example\nDB_PORT=6000\nDB_DATABASE=d\nDB_USERNAME=u\nDB_PASSWORD=p",
      { port: 6000 },
    ],
    ["POSTGRES_HOST=h.example\nPOSTGRES_USER=u\nPOSTGRES_PASSWORD=p\nPOSTGRES_DB=d", {}],
    [
      "production:\n  adapter: postgresql\n  host: h.example\n  username: u\n  password: 'p'\n  database: d\n  pool: 5",
      {},
    ],
    [
      "'default': {'ENGINE': 'django', 'NAME': 'd', 'USER': 'u', 'PASSWORD': 'p\\'q', 'HOST': 'h.example', 'PORT': ''}",
      { password: "p'q" },
    ],
    ['{"host":"h.example","port":6000,"user":"u","password":"p","database":"d"}', { port: 6000 }],
  ])("%s", (pasted, told) => expect(parseConnectionString(pasted)).toEqual(spec(told)));

  it("names several hosts", () => {
    const others = {
      otherHosts: [
        { host: "::1", port: 7 },
        { host: "third.example", port: 5432 },
      ],
    };
    const asked = { sessionAttributes: "read-write" as const };
    const url = "postgres://u:p@h.example:6,[::1]:7,third.example/d?target_session_attrs=read-write";
    expect(parseConnectionString(url)).toEqual(spec({ port: 6, ...others, ...asked }));
    const pairs = "host=h.example,::1,third.example port=6,7,5432 user=u password=p dbname=d";
    expect(parseConnectionString(pairs)).toEqual(spec({ port: 6, ...others }));
    expect(parseConnectionString("host=h.example,b.example port=6 user=u password=p dbname=d")).toEqual(
      spec({ port: 6, otherHosts: [{ host: "b.example", port: 6 }] }),
    );
  });

  it.each([
    "postgresql://u:p@%2Fvar%2Frun%2Fpostgresql/d",
    "postgresql:///d?host=/var/run/postgresql&user=u&password=p",
    "host=/var/run/postgresql user=u password=p dbname=d",
  ])("is a socket: %s", (pasted) => {
    expect(parseConnectionString(pasted)).toEqual(spec({ host: "/var/run/postgresql" }));
  });

  it("has certificates below it, or in its parameters", () => {
    const [ca, certificate, key] = [pem("CERTIFICATE"), pem("CERTIFICATE"), pem("PRIVATE KEY")];
    const url = "postgres://u:p@h.example/d?sslmode=verify-full";
    expect(parseConnectionString(`${url}\n${ca}\n`).tls).toEqual({ mode: "verify-full", ca });
    expect(parseConnectionString(`${url}\n  ${ca.replaceAll("\n", "\r\n  ")}`).tls.ca).toBe(ca);
    expect(parseConnectionString(`${ca}\n${url}\n${certificate}\n${key}`).tls).toEqual({
      mode: "verify-full",
      ca,
      certificate,
      key,
    });
    expect(parseConnectionString(`host=h user=u sslmode=verify-ca sslrootcert='${ca}'`).tls).toEqual({
      mode: "verify-ca",
      ca,
    });
    expect(parseConnectionString(`postgres://u@h/d?sslrootcert=${encodeURIComponent(ca)}`).tls.ca).toBe(ca);
  });
});

describe("a parameter that is not used is told with its reason", () => {
  it.each([
    ["postgres://u:p@h/d?gssencmode=prefer", ["gssencmode: Ferry does not speak GSSAPI"]],
    ["postgres://u:p@h/d?application_name=x", ["application_name: Ferry names its sessions itself"]],
    [
      "host=h user=u sslrootcert=/etc/ca.pem",
      ["sslrootcert: it names a file of your machine; paste the certificate itself below the connection string"],
    ],
    ["postgres://u:p@h/d?what=x&ever=y", ["another parameter: Ferry does not know it"]],
    ["postgres://u:p@h/d?schema=a", ["schema: what is imported is chosen in the options of the import"]],
    ["postgres://u:p@h/d?sslmode=require&channel_binding=require&options=-c%20a%3Db&connect_timeout=5", []],
  ])("%s", (pasted, told) => {
    expect(readConnection(pasted).notes.map(({ name, reason }) => `${name}: ${reason}`)).toEqual(told);
  });
});

describe("what cannot be read", () => {
  const part = (reason: string, name: string, from?: number, to?: number) =>
    from === undefined ? { reason, part: name } : { reason, part: name, from, to };
  const port = "the port is not a number from 1 to 65535";
  const sslmode = "sslmode is none of disable, allow, prefer, require, verify-ca, verify-full";
  const file = "it names a file of your machine; paste the certificate itself below the connection string";

  it.each<[string, Record<string, unknown>]>([
    ["", { reason: "it is empty" }],
    [" \n", { reason: "it is empty" }],
    ["what is this", { reason: "it is neither a postgres:// address nor host=… user=… pairs" }],
    ["mysql://u:p@h/d", { reason: "it does not begin with postgres:// or postgresql://" }],
    ["https://console.example/project", { reason: "it does not begin with postgres:// or postgresql://" }],
    ["postgres://", part("the host is missing", "host")],
    ["postgres://u:p@/d", part("the host is missing", "host")],
    ["postgres://h/d", part("the user is missing", "user")],
    ["postgres://:p@h/d", part("the user is missing", "user", 11, 11)],
    ["postgres://u:p@h:0/d", part(port, "port", 17, 18)],
    ["  postgres://u:p@h:0/d", part(port, "port", 19, 20)],
    ["postgres://u:p@h:70000/d", part(port, "port", 17, 22)],
    ["postgres://u:p@h:5e3/d", part(port, "port", 17, 20)],
    ["postgres://u:p@h:0x10/d", part(port, "port", 17, 21)],
    ["host=h user=u port=x", part(port, "port", 19, 20)],
    ["host=h user=u port='x'", part(port, "port", 20, 21)],
    ["Host=h;Username=u;Port=x", part(port, "port", 23, 24)],
    ["PGHOST=h\nPGUSER=u\nPGPORT=x", part(port, "port", 25, 26)],
    ["psql -h h -p x -U u", part(port, "port", 13, 14)],
    ["host=h1,h2 port=1,2,3 user=u", part("it names 2 hosts and 3 ports", "port", 16, 21)],
    ["postgres://u:p@h1,/d", part("a host is missing", "host", 15, 18)],
    ["postgres://u:p@h|x/d", part("the host holds characters that no host name has", "host", 15, 18)],
    ["postgres://u:p@h/d?sslmode=maybe", part(sslmode, "sslmode", 27, 32)],
    [
      "postgres://u:p@h/d?sslmode=require&sslrootcert=system",
      part("sslrootcert=system needs sslmode=verify-full", "sslmode", 27, 34),
    ],
    ["postgres://u:p@h/d?sslcert=/home/me/client.crt", part(`sslcert: ${file}`, "sslcert", 27, 46)],
    [
      "postgres://u:p@h/d?channel_binding=yes",
      part("channel_binding is none of disable, prefer, require", "channel_binding", 35, 38),
    ],
    [
      "postgres://u:p@h/d?connect_timeout=soon",
      part("connect_timeout is not a number of seconds", "connect_timeout", 35, 39),
    ],
    ["postgres://u:p@h/d?gssencmode=require", { reason: "gssencmode: Ferry does not speak GSSAPI", from: 30, to: 37 }],
    ["host=h user=u replication=database", { reason: "replication: such a session takes no SQL", from: 26, to: 34 }],
    ["postgresql://postgres:[YOUR-PASSWORD]@h/postgres", part("the password in it is still a placeholder", "password")],
    ["postgresql://u:<password>@h/d", part("the password in it is still a placeholder", "password")],
    ["postgresql://u:****@h/d", part("the password in it is masked; reveal it and copy again", "password", 15, 19)],
    [
      "prisma+postgres://accelerate.example/?api_key=x",
      { reason: "it is an address of Prisma's own service; paste the direct connection string of the database" },
    ],
    ["host: <%= ENV['PGHOST'] %>\nusername: u", { reason: "host names a variable; give its value", from: 6, to: 26 }],
    ["'HOST': os.environ['DB'], 'USER': 'u'", { reason: "host names a variable; give its value", from: 8, to: 24 }],
    ["'HOST': env('DB'), 'USER': 'u'", { reason: "host names a variable; give its value", from: 8, to: 17 }],
    [
      "dev:\n  host: a\n  user: u\nprod:\n  host: b\n  user: u",
      { reason: "it describes several databases; paste one of them", from: 39, to: 40 },
    ],
    ["host=h user", { reason: "a key=value pair cannot be read" }],
    ["host=h user=u password='x y", { reason: "a key=value pair cannot be read" }],
    ["psql", part("the host is missing", "host")],
    ["psql -h h.example", part("the user is missing", "user")],
    ["PGPASSWORD=p", part("the host is missing", "host")],
  ])("%j", (pasted, context) => {
    expect(() => parseConnectionString(pasted)).toThrow(
      expect.objectContaining({ code: "connection_string.invalid", context }),
    );
  });
});
