import { expect, it, test } from "vitest";
import { readPaste } from "./read-paste";

test.each([
  "postgres://app:s3cret-Word@db.example.com:6432/shop?sslmode=require",
  "host=db.example.com port=6432 user=app password=s3cret-Word dbname=shop sslmode=require",
  'DATABASE_URL="postgres://app:s3cret-Word@db.example.com:6432/shop?sslmode=require"',
  'psql "host=db.example.com port=6432 user=app password=s3cret-Word dbname=shop sslmode=require"',
])("what is understood of %s is shown without its password", (text) => {
  const reading = readPaste(text);
  expect(reading).toMatchObject({
    kind: "understood",
    notes: [],
    parts: [
      { word: "Host", value: "db.example.com" },
      { word: "Port", value: "6432" },
      { word: "Database", value: "shop" },
      { word: "User", value: "app" },
      { word: "Password", value: "given" },
      { word: "TLS", value: "require" },
    ],
  });
});

it("says nothing of an empty field", () => {
  expect(readPaste("  \n")).toEqual({ kind: "empty" });
});

test.each(["mysql://app:s3cret-Word@db/shop", "what is this", "postgres://:s3cret-Word@db/shop"])(
  "says why %s is not understood, without its password",
  (text) => {
    const reading = readPaste(text);
    expect(reading).toMatchObject({
      kind: "unreadable",
      place: text.startsWith("postgres") ? { from: 11, to: 11 } : null,
    });
    expect(JSON.stringify(reading)).not.toContain("s3cret");
  },
);

test.each<[string, Record<string, string>, string[]]>([
  [
    "postgres://postgres.abc:pw@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true",
    { Provider: "Supabase", Port: "6543" },
    [
      "pgbouncer is not used: Ferry finds out by itself whether a pooler is in between.",
      "Port 6543 is Supabase's transaction pooler; port 5432 of the same host keeps sessions. Ferry goes to aws-0-eu-central-1.pooler.supabase.com:5432.",
    ],
  ],
  ["postgres://u:pw@a,b:7/d", { Host: "a", "Other hosts": "b:7" }, []],
  [
    "postgres://u:pw@c.abc.dsql.us-east-1.on.aws/postgres",
    {},
    ["This is Amazon Aurora DSQL, which only speaks like Postgres: it cannot be imported."],
  ],
  ["postgres://u:pw@h/d\n-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----", { CA: "given" }, []],
])("what is known of %s is told beside it", (text, told, notes) => {
  const reading = readPaste(text);
  if (reading.kind !== "understood") throw new Error("It is understood.");
  expect(Object.fromEntries(reading.parts.map(({ word, value }) => [word, value]))).toMatchObject(told);
  expect(reading.notes).toEqual(notes);
});
