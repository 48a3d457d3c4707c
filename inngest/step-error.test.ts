import { NonRetriableError } from "inngest";
import { afterAll, describe, expect, it, vi } from "vitest";

/** Where errors are kept is the metadata database's business; here only what the engine is told. */
const noted = vi.hoisted(() => [] as unknown[]);
vi.mock("@/lib/imports/run/fail-import", () => ({
  noteError: async (importId: string, error: unknown) => {
    noted.push([importId, error]);
  },
}));
// Modules are shared with the files before and after this one, for which nothing is replaced.
vi.resetModules();
afterAll(() => {
  vi.resetModules();
});
const { FerryError } = await import("@/lib/errors/ferry-error");
const { rememberSecret } = await import("@/lib/security/redact");
const { atEngine } = await import("./step-error");

const told = async (error: unknown, final = false) =>
  atEngine("01J", () => Promise.reject(error), final).then(
    () => null,
    (thrown: unknown) => thrown as Error,
  );

describe("what the engine is told of an error", () => {
  it("is nothing when there is none", async () => {
    expect(await atEngine("01J", async () => 7)).toBe(7);
  });

  it.each([
    ["that passes", new FerryError("connect.refused", { side: "source", host: "h", port: 1 }), true],
    ["that waits for the user", new FerryError("copy.refused", { subject: "t", reason: "r" }), false],
    ["that will be the same again", new FerryError("check.blocked", { reason: "r" }), false],
    ["that nobody foresaw", new TypeError("x is not a function"), true],
  ])("%s", async (_name, error, again) => {
    const thrown = await told(error);
    expect(thrown).toBeInstanceOf(Error);
    expect(thrown instanceof NonRetriableError).toBe(!again);
    expect(noted.at(-1)).toMatchObject(["01J", { code: error instanceof FerryError ? error.code : "internal" }]);
  });

  it("is in words of its own where a session broke, whoever reports it", async () => {
    const lost = Object.assign(new Error("terminating connection due to administrator command"), { code: "57P01" });
    for (const error of [lost, new Error("Failed query", { cause: lost }), new Error("Connection terminated")]) {
      expect((await told(error))?.message).toMatch(/^A server closed the connection: /);
      expect(noted.at(-1)).toMatchObject(["01J", { code: "connect.lost" }]);
    }
  });

  it("is not to call again what has been tried often enough", async () => {
    expect(await told(new FerryError("connect.refused"), true)).toBeInstanceOf(NonRetriableError);
    expect(await told(new Error("unforeseen"), true)).toBeInstanceOf(NonRetriableError);
  });

  it("is the sentence that the user reads, without a secret", async () => {
    rememberSecret("Tr0ub4dor&3");
    const thrown = await told(new FerryError("connect.failed", { host: "db.example", reason: "with Tr0ub4dor&3" }));
    expect(thrown?.message).toBe("The connection to db.example failed: with •••.");
    expect(thrown?.cause).toBeUndefined();
  });
});
