import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain, toStored } from "@/lib/errors/describe";
import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec, TlsMode } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { parseConnectionString } from "./connection-string";

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

const specs: fc.Arbitrary<ConnectionSpec> = fc.record({
  host,
  port: fc.integer({ min: 1, max: 65_535 }),
  database: fc.oneof(text, awkward),
  user: fc.oneof(text, awkward),
  password: fc.option(fc.oneof(fc.constant(""), text, awkward)),
  tls: fc.record({ mode: fc.constantFrom<TlsMode>("disable", "prefer", "require", "verify-ca", "verify-full") }),
});

const libpq = (value: string) => `'${value.replace(/[\\']/g, "\\$&")}'`;
const shell = (value: string) => `'${value.replaceAll("'", `'"'"'`)}'`;

const WRITERS: [string, (spec: ConnectionSpec) => string][] = [
  ["an address", connectionUrl],
  ["an address in double quotes", (spec) => `DATABASE_URL="${connectionUrl(spec)}"`],
  ["an address in single quotes", (spec) => `psql '${connectionUrl(spec)}' -c 'select 1'`],
  [
    "pairs",
    ({ host, port, database, user, password, tls }) =>
      [`host=${host} port=${port} dbname=${libpq(database)} user = ${libpq(user)} sslmode=${tls.mode}`]
        .concat(password === null ? [] : `password=${libpq(password)}`)
        .join(" "),
  ],
  [
    "a command",
    ({ host, port, database, user, password, tls }) =>
      [password === null ? "" : `PGPASSWORD=${shell(password)}`, `PGSSLMODE=${tls.mode} psql -h ${host} -p ${port}`]
        .concat(`-U ${shell(user)} --dbname=${shell(database)}`)
        .join(" "),
  ],
];

describe("a connection", () => {
  it.each(WRITERS)("comes back from %s as it was", (form, write) => {
    fc.assert(
      fc.property(specs, (spec) => {
        // libpq takes a database that looks like pairs for pairs; so does Ferry.
        fc.pre(form !== "a command" || !/^\s*[a-z_]+\s*=/.test(spec.database));
        expect(parseConnectionString(write(spec))).toEqual(spec);
      }),
      { numRuns: 300 },
    );
  });
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
          const { host, port } = parseConnectionString(pasted);
          expect(host).not.toBe("");
          expect(port).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(FerryError);
          expect(error).toMatchObject({ code: "connection_string.invalid" });
          expect(`${error}${JSON.stringify(error)}${JSON.stringify(explain(toStored(error)))}`).not.toContain(SECRET);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it("takes no longer than its length asks for", () => {
    const patterns = ["?a=", "a=b ", "\\", "'", "postgres://", "a=b;", '"', "psql ", "[YOUR-"];
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
