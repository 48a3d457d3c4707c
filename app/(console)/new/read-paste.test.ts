import { expect, it, test } from "vitest";
import { readPaste } from "./read-paste";

test.each([
  "postgres://app:s3cret-Word@db.example.com:6432/shop?sslmode=require",
  "host=db.example.com port=6432 user=app password=s3cret-Word dbname=shop sslmode=require",
  'DATABASE_URL="postgres://app:s3cret-Word@db.example.com:6432/shop?sslmode=require"',
  'psql "host=db.example.com port=6432 user=app password=s3cret-Word dbname=shop sslmode=require"',
])("what is understood of %s is shown without its password", (text) => {
  const reading = readPaste(text);
  expect(reading).toEqual({
    kind: "understood",
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
    expect(reading.kind).toBe("unreadable");
    expect(JSON.stringify(reading)).not.toContain("s3cret");
  },
);
