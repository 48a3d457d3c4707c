import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact, rememberSecret } from "./redact";

const HEAD = "Zq9";
const TAIL = "Xw7";

/** A password whose two ends are found nowhere else, so that a piece left over is seen. */
const around = (middle: fc.Arbitrary<string>) => middle.map((text) => HEAD + text + TAIL);

const AWKWARD = [..."@:/?#&%+=;,'\"\\ `$!*()[]{}<>|^~é€ß\u{1F511}\n\t"];
const awkward = (without: RegExp) =>
  around(
    fc.string({ unit: fc.constantFrom(...AWKWARD.filter((character) => !without.test(character)), "a", "0", "Z") }),
  );
const anything = around(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(...AWKWARD) })));
const wellFormed = around(fc.string({ unit: "grapheme" }));

/** Text beside a password. */
const bystander = fc.string().filter((text) => !text.includes(HEAD) && !text.includes(TAIL));

const libpqQuoted = (password: string) => `'${password.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
const libpqBare = (password: string) => password.replace(/[\s\\']/g, "\\$&");
const sqlLiteral = (password: string) => `'${password.replaceAll("'", "''")}'`;

function expectGone(text: string): void {
  const clean = redact(text);
  expect(clean).not.toContain(HEAD);
  expect(clean).not.toContain(TAIL);
}

/** Passwords that this process has never opened: only the form they stand in gives them away. */
const FORMS: [string, fc.Arbitrary<string>, (password: string) => string][] = [
  ["a URL", wellFormed, (p) => `postgres://anna:${encodeURIComponent(p)}@db.example:5432/shop`],
  [
    "a URL pasted without encoding",
    awkward(/[\s"\\]/),
    (p) => `postgresql://anna:${p}@db.example/shop?sslmode=require`,
  ],
  ["a URL with quotes in it", awkward(/[\s\\,:;)}\]]/), (p) => `at postgres://anna:${p}@db.example/shop now`],
  ["a URL of Azure's raw user@server", awkward(/[\s"\\]/), (p) => `postgres://anna@srv:${p}@srv.example/shop`],
  ["a URL without a user", wellFormed, (p) => `redis://:${encodeURIComponent(p)}@cache.example`],
  [
    "a URL inside a URL",
    wellFormed,
    (p) => `/new?from=${encodeURIComponent(`postgres://a:${encodeURIComponent(p)}@h/d`)}&x=1`,
  ],
  [
    "a query",
    wellFormed,
    (p) => `postgres://db.example/shop?user=anna&password=${encodeURIComponent(p)}&sslmode=require`,
  ],
  ["an ssl password in a query", wellFormed, (p) => `postgres://h/d?sslpassword=${encodeURIComponent(p)}`],
  ["key=value", awkward(/[\s"\\']/), (p) => `host=db.example password=${p} user=anna`],
  ["key=value with blanks and escapes", awkward(/"/), (p) => `host=h password=${libpqBare(p)} user=anna`],
  ["key = 'value'", anything, (p) => `host=h password = ${libpqQuoted(p)} user=anna`],
  ["key='value' cut off", anything, (p) => `host=h password=${libpqQuoted(p).slice(0, -1)}`],
  ["an environment line", awkward(/[\s"\\']/), (p) => `POSTGRES_PASSWORD=${p}\nPGHOST=h`],
  ["a command line", awkward(/'/), (p) => `PGPASSWORD='${p.replaceAll("\\", "")}' psql -h db.example`],
  ["JSON", anything, (p) => JSON.stringify({ host: "h", password: p, user: "anna" })],
  ["indented JSON", anything, (p) => JSON.stringify({ host: "h", dbPassword: p, user: "anna" }, null, 2)],
  ["JSON in JSON", anything, (p) => JSON.stringify({ body: JSON.stringify({ password: p, user: "anna" }) })],
  ["JSON cut off", anything, (p) => JSON.stringify({ password: p }).slice(0, -2)],
  [
    "a URL in JSON",
    wellFormed,
    (p) => JSON.stringify({ url: `postgres://a:${encodeURIComponent(p)}@h/d`, mail: "a@b" }),
  ],
  ["SQL", awkward(/\\/), (p) => `error in: create role anna login password ${sqlLiteral(p)} createdb`],
];

describe("a password that nobody remembered", () => {
  it.each(FORMS)("does not survive in %s", (_form, password, write) => {
    fc.assert(fc.property(password, (p) => expectGone(write(p))));
  });

  it("long texts do not take long", () => {
    const long = [
      "a".repeat(200_000),
      "password".repeat(20_000),
      "x://:".repeat(20_000),
      "\\".repeat(100_000),
      "password='".repeat(20_000),
      "?a".repeat(50_000),
    ];
    for (const text of long) {
      const startedAt = performance.now();
      redact(text);
      expect(performance.now() - startedAt, text.slice(0, 12)).toBeLessThan(3_000);
    }
  });
});

const ENCODERS: [string, (password: string) => string][] = [
  ["itself", (p) => p],
  ["percent-encoding", (p) => encodeURIComponent(p)],
  ["percent-encoding in lower case", (p) => encodeURIComponent(p).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())],
  ["percent-encoding of a form", (p) => new URLSearchParams({ p }).toString().slice(2)],
  ["percent-encoding by new URL()", (p) => new URL(`http://h/?${p.replace(/[#\s]/g, "")}`).search.slice(1)],
  ["JSON", (p) => JSON.stringify(p)],
  ["JSON in JSON", (p) => JSON.stringify(JSON.stringify(p))],
  [
    "ASCII JSON",
    (p) => JSON.stringify(p).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
  ],
  ["a libpq value", libpqQuoted],
  ["an SQL literal", sqlLiteral],
  ["a CSV field", (p) => `"${p.replaceAll('"', '""')}"`],
  [
    "HTML",
    (p) =>
      p.replace(/[&<>"']/g, (c) =>
        `&#${c.charCodeAt(0)};`.replace("&#38;", "&amp;").replace("&#60;", "&lt;").replace("&#62;", "&gt;"),
      ),
  ],
];

describe("a password that was remembered", () => {
  it.each(ENCODERS)("does not survive anywhere, written as %s", (form, encode) => {
    const password = form === "percent-encoding by new URL()" ? awkward(/[#\s]/) : wellFormed;
    fc.assert(
      fc.property(fc.oneof(password, awkward(/[#\s]/)), bystander, bystander, (p, before, after) => {
        rememberSecret(p);
        expectGone(`${before} ${encode(p)} ${after}`);
      }),
    );
  });

  it("may hold half a surrogate pair", () => {
    rememberSecret("half\ud83dsecret");
    expect(redact("it is half\ud83dsecret.")).toBe("it is •••.");
  });

  it("is gone whole where another one is a part of it", () => {
    rememberSecret("tulip");
    rememberSecret("tulip-garden-42");
    expect(redact("we use tulip-garden-42 here")).toBe("we use ••• here");
  });

  it.each([null, undefined, "", "abc"])("%j is too short to be looked for in plain text", (secret) => {
    rememberSecret(secret);
    expect(redact("abc null undefined")).toBe("abc null undefined");
  });
});

const KEPT: [string, string][] = [
  ["the source host db.example is not known", "the source host db.example is not known"],
  ["http://127.0.0.1:3000/imports/01J?tab=log", "http://127.0.0.1:3000/imports/01J?tab=log"],
  ["postgres://anna@db.example:5432/shop", "postgres://anna@db.example:5432/shop"],
  ["postgres://anna:x@db.example:5432/shop, then more", "postgres://anna:•••@db.example:5432/shop, then more"],
  ["?password=x&sslmode=require", "?password=•••&sslmode=require"],
  ["host=h password=x user=anna", "host=h password=••• user=anna"],
  ['{"password":"x","user":"anna"}', '{"password":"•••","user":"anna"}'],
  ['{"password":null,"user":"anna"}', '{"password":null,"user":"anna"}'],
  ["{ password: 'x', user: 'anna' }", "{ password: '•••', user: 'anna' }"],
  ["password authentication failed for user anna", "password authentication failed for user anna"],
];

describe("what is no secret", () => {
  it.each(KEPT)("%s", (text, clean) => expect(redact(text)).toBe(clean));

  it("a clean text stays as it is when redacted again", () => {
    const texts = fc.oneof(...FORMS.map(([, password, write]) => password.map(write)));
    fc.assert(
      fc.property(texts, (text) => {
        const once = redact(text);
        expect(redact(once)).toBe(once);
      }),
    );
  });
});
