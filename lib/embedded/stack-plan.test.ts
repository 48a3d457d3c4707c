import { expect, test } from "vitest";
import { planStack, type StackPlan, webEnvironment } from "./stack-plan";

test.each<[Record<string, string>, StackPlan]>([
  [{}, { database: "embedded", engine: "embedded", neon: "embedded", demo: true }],
  [{ FERRY_DEMO: "off" }, { database: "embedded", engine: "embedded", neon: "embedded", demo: false }],
  [{ DATABASE_URL: "postgres://db" }, { database: "given", engine: "embedded", neon: "embedded", demo: false }],
  [
    { DATABASE_URL: "postgres://db", FERRY_DEMO: "on" },
    { database: "given", engine: "embedded", neon: "embedded", demo: true },
  ],
  [{ INNGEST_SIGNING_KEY: "signkey-prod-1" }, { database: "embedded", engine: "given", neon: "embedded", demo: true }],
  [
    { INNGEST_BASE_URL: "http://127.0.0.1:8288" },
    { database: "embedded", engine: "given", neon: "embedded", demo: true },
  ],
  [{ INNGEST_EVENT_KEY: "key" }, { database: "embedded", engine: "given", neon: "embedded", demo: true }],
  [{ INNGEST_DEV: "1" }, { database: "embedded", engine: "given", neon: "embedded", demo: true }],
  [
    { DATABASE_URL: "", INNGEST_EVENT_KEY: "" },
    { database: "embedded", engine: "embedded", neon: "embedded", demo: true },
  ],
  [{ FERRY_NEON_API_KEY: "napi" }, { database: "embedded", engine: "embedded", neon: "given", demo: true }],
  [{ FERRY_NEON_API_URL: "http://neon" }, { database: "embedded", engine: "embedded", neon: "given", demo: true }],
])("%j", (environment, plan) => {
  expect(planStack(environment)).toEqual(plan);
});

const facts = {
  keys: "k1:abc",
  databaseUrl: "postgresql://ferry",
  localTargetUrl: "postgresql://importer",
  demoSourceUrl: "postgresql://demo",
  files: { url: "postgresql://files", folder: "/home/files" },
  engine: { url: "http://127.0.0.1:4000", eventKey: "event", signingKey: "abcd" },
  neon: { url: "http://127.0.0.1:5000/api/v2", apiKey: "napi", versions: [18, 17] },
  workAtOnce: 4,
};

test("the web process is given all that runs here", () => {
  expect(webEnvironment({}, facts)).toEqual({
    FERRY_MODE: "embedded",
    FERRY_ENGINE: "embedded",
    FERRY_KEYS: "k1:abc",
    DATABASE_URL: "postgresql://ferry",
    FERRY_LOCAL_TARGET_URL: "postgresql://importer",
    FERRY_DEMO_SOURCE_URL: "postgresql://demo",
    FERRY_FILES_DIR: "/home/files",
    FERRY_FILES_URL: "postgresql://files",
    FERRY_NEON_API_URL: "http://127.0.0.1:5000/api/v2",
    FERRY_NEON_API_KEY: "napi",
    FERRY_NEON_VERSIONS: "18,17",
    FERRY_WORK_AT_ONCE: "4",
    INNGEST_BASE_URL: "http://127.0.0.1:4000",
    INNGEST_EVENT_KEY: "event",
    INNGEST_SIGNING_KEY: "abcd",
    INNGEST_DEV: "0",
  });
});

test("what the user set stays", () => {
  const neon = { FERRY_NEON_API_KEY: "mine" };
  const mine = { DATABASE_URL: "postgres://mine", FERRY_KEYS: "k2:mine", INNGEST_EVENT_KEY: "mine", ...neon };
  expect(webEnvironment(mine, { keys: "k1:abc" })).toEqual({ ...mine, FERRY_MODE: "embedded" });
});
