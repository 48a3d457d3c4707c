import { expect, test } from "vitest";
import { keepable, readKept } from "./keepable";

const PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----";

test.each([
  ["postgres://app:s3cret@db.example:5432/shop", "postgresql://app@db.example:5432/shop", true],
  ["host=db.example user=app password='s3 cret' dbname=shop", "postgresql://app@db.example:5432/shop", true],
  ["postgres://app@db.example/shop", "postgres://app@db.example/shop", false],
])("of %s a browser keeps %s", (pasted, text, hadSecret) => {
  const kept = keepable(pasted);
  expect(kept?.text.startsWith(text)).toBe(true);
  expect(kept?.text).not.toMatch(/s3 ?cret/);
  expect(kept?.hadSecret).toBe(hadSecret);
});

test.each([
  ["my database please"],
  ["postgres://app:s3cret@:::"],
  // The password is the user's name as well.
  ["postgres://app:app@db.example/shop"],
])("of %s it keeps nothing", (pasted) => {
  expect(keepable(pasted)).toBeNull();
});

test("nor does it keep a key", () => {
  const kept = keepable(`postgres://app:s3cret@db.example/shop\n${PEM}`);
  expect(kept?.text ?? "").not.toContain("PRIVATE");
});

test.each([[null], ["text"], [{ text: 1, hadSecret: true }], [{ text: "x" }]])(
  "%j was not kept by this page",
  (kept) => {
    expect(readKept(kept)).toBeNull();
  },
);
