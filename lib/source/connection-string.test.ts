import { describe, expect, it } from "vitest";
import type { ConnectionSpec, TlsMode } from "@/lib/postgres/connection-spec";
import { parseConnectionString } from "./connection-string";

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
  ["postgres://u:p@h.example/d?sslmode=allow&connect_timeout=10", { mode: "prefer" }],
  ["postgresql://u:p@h.example/d?sslmode=verify-full&channel_binding=require", { mode: "verify-full" }],
  ["postgres://u:p@h.example:6543/d?options=endpoint%3Dep-x&application_name=a@b", { port: 6543 }],
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
  ['Host=h.example; Database=d; Username=u; Password="a;b"; Channel Binding=Require;', { password: "a;b" }],
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

describe("what cannot be read", () => {
  it.each([
    ["", "it is empty"],
    [" \n", "it is empty"],
    ["what is this", "it is neither a postgres:// address nor host=… user=… pairs"],
    ["mysql://u:p@h/d", "it does not begin with postgres:// or postgresql://"],
    ["https://console.example/project", "it does not begin with postgres:// or postgresql://"],
    ["postgres://", "the host is missing"],
    ["postgres://u:p@/d", "the host is missing"],
    ["postgres://h/d", "the user is missing"],
    ["postgres://:p@h/d", "the user is missing"],
    ["postgres://u:p@h:0/d", "the port is not a number from 1 to 65535"],
    ["postgres://u:p@h:70000/d", "the port is not a number from 1 to 65535"],
    ["postgres://u:p@h:5e3/d", "the port is not a number from 1 to 65535"],
    ["postgres://u:p@h:0x10/d", "the port is not a number from 1 to 65535"],
    ["postgres://u:p@h1,h2/d", "it names several hosts; give the one to read from"],
    ["host=h1,h2 user=u", "it names several hosts; give the one to read from"],
    ["postgresql://u:p@%2Fvar%2Frun/d", "the host is a socket folder; give a network address"],
    ["postgres://u:p@h|x/d", "the host holds characters that no host name has"],
    ["postgres://u:p@h/d?sslmode=maybe", "sslmode is none of disable, allow, prefer, require, verify-ca, verify-full"],
    ["postgresql://postgres:[YOUR-PASSWORD]@h/postgres", "the password in it is still a placeholder"],
    ["host=h user", "a key=value pair cannot be read"],
    ["host=h user=u password='x y", "a key=value pair cannot be read"],
    ["psql", "the host is missing"],
    ["psql -h h.example", "the user is missing"],
    ["PGPASSWORD=p", "the host is missing"],
  ])("%j: %s", (pasted, reason) => {
    expect(() => parseConnectionString(pasted)).toThrow(
      expect.objectContaining({ code: "connection_string.invalid", context: { reason } }),
    );
  });
});
