import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { explain, toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import { type ConnectionSpec, TLS_MODES, TLS_VERSIONS, type TlsMode } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { parseConnectionString, readConnection } from "./connection-string";
import { writeConnection } from "./pasted/write-connection";

const words = (unit: string) => fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom(...unit) });
const text = fc.string({ minLength: 1, maxLength: 24, unit: "grapheme" });
const awkward = words("aZ09@:/?#%&=+ '\"\\;,.[]<>`$!(){}é日");

const host = fc.oneof(
  fc.constantFrom(
    "localhost",
    "10.1.2.3",
    "::1",
    "2001:db8::7",
    "db_1.internal",
    "ep-x-pooler.eu-central-1.aws.neon.tech",
  ),
  fc.domain(),
);

const port = fc.integer({ min: 1, max: 65_535 });
const PEM = (name: string) => `-----BEGIN ${name}-----\nMIIBszCCAVmgAwIBAgIU\n-----END ${name}-----`;

/** What every form can say. */
const plain: fc.Arbitrary<ConnectionSpec> = fc.record({
  host,
  port,
  database: fc.oneof(text, awkward),
  user: fc.oneof(text, awkward),
  password: fc.option(fc.oneof(fc.constant(""), text, awkward)),
  tls: fc.record({ mode: fc.constantFrom<TlsMode>(...TLS_MODES) }),
});

/** What only libpq's own forms can say. */
const whole: fc.Arbitrary<ConnectionSpec> = fc
  .record(
    {
      address: fc.ipV4(),
      otherHosts: fc.array(fc.record({ host, port }), { minLength: 1, maxLength: 3 }),
      sessionAttributes: fc.constantFrom("read-write" as const, "standby" as const, "prefer-standby" as const),
      options: fc.oneof(text, awkward),
      connectTimeoutSeconds: fc.integer({ min: 2, max: 30 }),
    },
    { requiredKeys: [] },
  )
  .chain((more) => plain.map((spec) => ({ ...spec, ...more })));

/** With certificates, whose modes are those that ask for TLS. */
const certified: fc.Arbitrary<ConnectionSpec> = whole.chain((spec) =>
  fc
    .record({
      mode: fc.constantFrom<TlsMode>("require", "verify-ca", "verify-full"),
      ca: fc.constantFrom(undefined, PEM("CERTIFICATE"), `${PEM("CERTIFICATE")}\n${PEM("CERTIFICATE")}`),
      own: fc.boolean(),
      direct: fc.boolean(),
      passphrase: fc.option(awkward, { nil: undefined }),
      minVersion: fc.constantFrom(undefined, ...TLS_VERSIONS),
    })
    .map(({ mode, ca, own, direct, passphrase, minVersion }) => ({
      ...spec,
      tls: {
        ...{ mode, ca, minVersion },
        ...(direct ? { direct } : {}),
        ...(own ? { certificate: PEM("CERTIFICATE"), key: PEM("PRIVATE KEY"), passphrase } : {}),
      },
    })),
);

const libpq = (value: string) => `'${value.replace(/[\\']/g, "\\$&")}'`;
const shell = (value: string) => `'${value.replaceAll("'", `'"'"'`)}'`;

const net = (value: string) => `"${value.replaceAll('"', '""')}"`;
const python = (value: string) => `'${value.replace(/[\\']/g, "\\$&")}'`;
const uri = (value: string) => encodeURIComponent(value).replaceAll("'", "%27");
const withPassword = (password: string | null, write: (password: string) => string) =>
  password === null ? [] : [write(password)];

type Writer = (spec: ConnectionSpec) => string;

const WRITERS: [string, fc.Arbitrary<ConnectionSpec>, Writer][] = [
  ["an address", whole, connectionUrl],
  ["an address with certificates", certified, writeConnection],
  ["an address in double quotes", whole, (spec) => `DATABASE_URL="${connectionUrl(spec)}"`],
  ["an exported address", whole, (spec) => `export DATABASE_URL='${connectionUrl(spec)}';`],
  ["an address in single quotes", whole, (spec) => `psql '${connectionUrl(spec)}' -c 'select 1'`],
  ["SQLAlchemy's address", whole, (spec) => connectionUrl(spec).replace("postgresql:", "postgresql+psycopg2:")],
  [
    "Prisma's address",
    plain,
    (spec) =>
      `${connectionUrl(spec)}${spec.tls.mode === "prefer" ? "?" : "&"}schema=public&pgbouncer=true&connection_limit=1`,
  ],
  [
    "JDBC's address",
    plain,
    ({ host, port, database, user, password, tls }) =>
      [`jdbc:postgresql://${host.includes(":") ? `[${host}]` : host}:${port}/${uri(database)}?user=${uri(user)}`]
        .concat(withPassword(password, (given) => `password=${uri(given)}`))
        .concat(`ssl=true&sslmode=${tls.mode}`)
        .join("&"),
  ],
  [
    "pairs",
    plain,
    ({ host, port, database, user, password, tls }) =>
      [`host=${host} port=${port} dbname=${libpq(database)} user = ${libpq(user)} sslmode=${tls.mode}`]
        .concat(withPassword(password, (given) => `password=${libpq(given)}`))
        .join(" "),
  ],
  [
    ".NET's pairs",
    plain,
    ({ host, port, database, user, password, tls }) =>
      [`Host=${host}`, `Port=${port}`, `Database=${net(database)}`, `User Id=${net(user)}`]
        .concat(withPassword(password, (given) => `Password=${net(given)}`))
        .concat(
          `SSL Mode=${tls.mode.replace(/^verify-(\w)/, (_, letter) => `Verify${letter.toUpperCase()}`)};Pooling=true`,
        )
        .join(";"),
  ],
  [
    "a command",
    plain,
    ({ host, port, database, user, password, tls }) =>
      withPassword(password, (given) => `PGPASSWORD=${shell(given)}`)
        .concat(`PGSSLMODE=${tls.mode} psql -h ${host} -p ${port} -U ${shell(user)} --dbname=${shell(database)}`)
        .join(" "),
  ],
  [
    "variables",
    plain,
    ({ host, port, database, user, password, tls }) =>
      [`PGHOST=${host}`, `PGPORT=${port}`, `PGDATABASE=${shell(database)}`, `PGUSER=${shell(user)}`]
        .concat(withPassword(password, (given) => `export PGPASSWORD=${shell(given)}`))
        .concat(`PGSSLMODE=${tls.mode}`)
        .join("\n"),
  ],
  [
    "Django's settings",
    plain,
    ({ host, port, database, user, password, tls }) =>
      [`'HOST': '${host}'`, `'PORT': ${port}`, `'NAME': ${python(database)}`, `'USER': ${python(user)}`]
        .concat(withPassword(password, (given) => `'PASSWORD': ${python(given)}`))
        .concat(`'OPTIONS': {'sslmode': '${tls.mode}'}`)
        .join(", "),
  ],
];

/** Texts that a form cannot hold, or in which a reader must see something else. */
const cannotSay = (form: string, { database, user, password, options }: ConnectionSpec): boolean => {
  const texts = [database, user, password ?? "", options ?? ""];
  // Masked passwords are refused, and a zero ends a text on its way to the server.
  if (/^[*•●]{3,}$/u.test(password ?? "") || texts.some((one) => one.includes("\0"))) return true;
  // libpq takes a database that looks like pairs for pairs; so does Ferry.
  if (form === "a command") return /^\s*[a-z_]+\s*=/.test(database);
  return form.startsWith("Django") && texts.some((one) => /\n|^(?:<%=|\$\{|\{\{)/.test(one));
};

const runs = (short: number) => (LONG_TESTS ? 100_000 : short);

describe("a connection", () => {
  it.each(WRITERS)(
    "comes back from %s as it was",
    (form, specs, write) => {
      fc.assert(
        fc.property(specs, (spec) => {
          fc.pre(!cannotSay(form, spec));
          expect(parseConnectionString(write(spec))).toEqual(spec);
        }),
        { numRuns: LONG_TESTS ? 10_000 : 150 },
      );
    },
    300_000,
  );
});

describe("whatever is pasted", () => {
  const SECRET = "Xq7vK2mW9z";
  const debris = fc.constantFrom(
    ...[
      "postgres://",
      "postgresql://",
      "mysql://",
      "psql ",
      "psql -h ",
      "-U ",
      "host=",
      "user=",
      "password=",
      "PGPASSWORD=",
    ],
    ...[
      "PGHOST=",
      "DATABASE_URL=",
      "sslmode=",
      "sslrootcert=",
      "channel_binding=",
      "options=",
      "postgres://u:p@h/d?",
      "'PASSWORD': '",
      "host: ",
      "username: ",
      "-----BEGIN PRIVATE KEY-----",
      "-----END PRIVATE KEY-----",
      "-----BEGIN CERTIFICATE-----\n",
      "jdbc:",
      "@",
      ":",
      "/",
      "?",
      "&",
      "#",
      "%",
      "'",
      '"',
      "\\",
      ";",
      ",",
      " ",
      "\n",
      "=",
    ],
    ...["h.example", "u", "d", "5432", "99999", "[", "]", "Host=", "export "],
  );
  const soup = fc
    .array(fc.oneof({ weight: 5, arbitrary: debris }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) }), {
      maxLength: 14,
    })
    .chain((pieces) =>
      fc.nat(pieces.length).map((at) => [...pieces.slice(0, at), SECRET, ...pieces.slice(at)].join("")),
    );

  it("is read, or refused with a reason that repeats nothing of it", () => {
    fc.assert(
      fc.property(soup, (pasted) => {
        try {
          const { spec, notes } = readConnection(pasted);
          expect(spec.host).not.toBe("");
          expect(spec.port).toBeGreaterThan(0);
          expect(JSON.stringify(notes)).not.toContain(SECRET);
          // What it was understood as can be written down, and is understood so again.
          expect(parseConnectionString(writeConnection(spec))).toEqual(spec);
        } catch (error) {
          expect(error).toBeInstanceOf(FerryError);
          expect(error).toMatchObject({ code: "connection_string.invalid" });
          expect(`${error}${JSON.stringify(error)}${JSON.stringify(explain(toStored(error)))}`).not.toContain(SECRET);
        }
      }),
      { numRuns: runs(3_000) },
    );
  }, 900_000);

  it("takes no longer than its length asks for", () => {
    const patterns = [
      "?a=",
      "a=b ",
      "\\",
      "'",
      "postgres://",
      "a=b;",
      '"',
      "psql ",
      "[YOUR-",
      "a: b,",
      "host: h\n",
      "-----BEGIN X-----\n",
      "a@b,",
      "PGHOST=",
    ];
    for (const pattern of patterns) {
      const startedAt = performance.now();
      try {
        parseConnectionString(pattern.repeat(10_000 / pattern.length));
      } catch (error) {
        expect(error).toBeInstanceOf(FerryError);
      }
      expect(performance.now() - startedAt, pattern).toBeLessThan(1_000);
    }
  });
});
