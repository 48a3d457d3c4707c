import { expect, it, test } from "vitest";
import { listening } from "./listening";

test.each<[Record<string, string>, { host: string; reach: string }]>([
  [{}, { host: "127.0.0.1", reach: "127.0.0.1" }],
  [{ FERRY_HOST: "" }, { host: "127.0.0.1", reach: "127.0.0.1" }],
  [{ FERRY_HOST: "localhost" }, { host: "localhost", reach: "localhost" }],
  [{ FERRY_HOST: "::1" }, { host: "::1", reach: "[::1]" }],
  [
    { FERRY_HOST: "0.0.0.0", FERRY_ACCOUNTS: "on" },
    { host: "0.0.0.0", reach: "127.0.0.1" },
  ],
  [
    { FERRY_HOST: "192.168.1.5", FERRY_ACCOUNTS: "on" },
    { host: "192.168.1.5", reach: "192.168.1.5" },
  ],
  [
    { FERRY_HOST: "fd00::5", FERRY_ACCOUNTS: "on" },
    { host: "fd00::5", reach: "[fd00::5]" },
  ],
])("%j", (environment, expected) => expect(listening(environment, true)).toEqual(expected));

test.each(["0.0.0.0", "::", "192.168.1.5", "ferry.local", "127.0.0.1.evil.example"])(
  "does not start at %s where nobody has to sign in",
  (host) => {
    for (const accounts of [{}, { FERRY_ACCOUNTS: "" }, { FERRY_ACCOUNTS: "off" }]) {
      expect(() => listening({ FERRY_HOST: host, ...accounts }, true)).toThrow(/embedded.open_to_others/);
    }
  },
);

it("does not start where others could call the step engine's route unsigned", () => {
  const open = { FERRY_HOST: "0.0.0.0", FERRY_ACCOUNTS: "on", INNGEST_DEV: "1" };
  expect(() => listening(open, false)).toThrow(/engine.unsigned/);
  expect(() => listening({ ...open, INNGEST_DEV: "", INNGEST_SIGNING_KEY: "ab" }, false)).not.toThrow();
  expect(() => listening({ INNGEST_DEV: "1" }, false)).not.toThrow();
});
