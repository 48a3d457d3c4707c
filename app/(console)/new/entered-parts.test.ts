import { describe, expect, test } from "vitest";
import { readConnection } from "@/lib/source/connection-string";
import { writeConnection } from "@/lib/source/pasted/write-connection";
import { type EnteredParts, keepableParts, NO_PARTS, readEntered, readKeptParts } from "./entered-parts";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END CERTIFICATE-----";
const KEY = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw\n-----END PRIVATE KEY-----";
const SOUND: EnteredParts = { ...NO_PARTS, host: "db.example", user: "app" };

test("what is entered is read as what is pasted would be", () => {
  const parts: EnteredParts = {
    ...{ host: " db.example ", port: "6432", database: "shop", user: "app", password: " a:b/c@d ", tls: "verify-full" },
    ca: PEM,
  };
  const reading = readEntered(parts);
  if (!("spec" in reading)) throw new Error(JSON.stringify(reading));
  expect(readConnection(writeConnection(reading.spec)).spec).toEqual({
    ...{ host: "db.example", port: 6432, database: "shop", user: "app", password: " a:b/c@d " },
    tls: { mode: "verify-full", ca: PEM },
  });
});

test("host and user are enough", () => {
  expect(readEntered({ ...SOUND, port: "" })).toEqual({
    spec: { host: "db.example", port: 5432, database: "app", user: "app", password: null, tls: { mode: "prefer" } },
  });
});

describe("what is wrong is said of its field", () => {
  test.each<[Partial<EnteredParts>, object]>([
    [
      { host: " ", user: "", port: "x" },
      {
        ...{ host: "Enter the host.", user: "Enter the user." },
        port: "A number from 1 to 65535.",
      },
    ],
    [{ port: "70000" }, { port: "A number from 1 to 65535." }],
    [{ host: "db.example:6432" }, { host: "The port has a field of its own." }],
    [{ host: "db example" }, { host: "The host holds characters that no host name has." }],
    [{ password: "••••••" }, { password: "The password in it is masked; reveal it and copy again." }],
    [{ ca: KEY }, { ca: expect.stringMatching(/^This is no certificate/) }],
    [{ ca: `${PEM}\n${KEY}` }, { ca: expect.stringMatching(/^This is no certificate/) }],
  ])("%j", (changed, problems) => {
    expect(readEntered({ ...SOUND, ...changed })).toEqual({ problems });
  });
});

test("of the fields a browser keeps all but the password, wherever it stands", () => {
  const typed: EnteredParts = { ...SOUND, database: "shop", password: "s3cret", ca: PEM };
  expect(keepableParts(typed)).toEqual({ ...typed, password: "" });
  expect(keepableParts({ ...typed, user: "s3cret", ca: KEY })).toEqual({ ...typed, user: "", password: "", ca: "" });
  for (const whole of ["postgres://app:s3", "host=x password = s3"]) {
    expect(JSON.stringify(keepableParts({ ...SOUND, host: whole, database: whole }))).not.toContain("s3");
  }
});

test.each([[null], ["text"], [{ isOpen: true }], [{ isOpen: true, parts: { host: "x" }, hadPassword: false }]])(
  "%j was not kept by this page",
  (kept) => {
    expect(readKeptParts(kept)).toBeNull();
  },
);
