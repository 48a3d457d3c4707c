import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pooler, startPooler } from "@/e2e/servers/pooler";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { chooseHost } from "./choose-host";
import type { ConnectionSpec, SessionAttributes } from "./connection-spec";
import { firstLook } from "./first-look";
import { withSession } from "./session";

const options = { side: "source", name: "ferry first look" } as const;

describe.skipIf(!testServer.available(18))("a first look", () => {
  let database: TestDatabase;
  let poolers: Record<"session" | "transaction", Pooler>;
  beforeAll(async () => {
    database = await (await testServer(18)).createDatabase("look");
    const [session, transaction] = await Promise.all([
      startPooler(database.spec, "session"),
      startPooler(database.spec, "transaction"),
    ]);
    poolers = { session, transaction };
  });
  afterAll(async () => {
    await Promise.all(Object.values(poolers).map((pooler) => pooler.close()));
    await database.drop();
  });

  it("sees a server itself", async () => {
    expect(await firstLook(database.spec, options)).toEqual({
      pooling: "direct",
      versionText: expect.stringMatching(/^PostgreSQL 18/),
    });
  });

  it.each(["session", "transaction"] as const)("sees a pooler that lends a server for a %s", async (mode) => {
    const { host, port } = poolers[mode];
    expect(await firstLook({ ...database.spec, host, port }, options)).toMatchObject({ pooling: mode });
  });

  it("leaves no setting behind in a session that others use", async () => {
    const { host, port } = poolers.transaction;
    const pooled = { ...database.spec, host, port };
    await firstLook(pooled, options);
    const [row] = await withSession(
      pooled,
      { ...options, isBare: true },
      async (client) =>
        (await client.query("select current_setting('default_transaction_read_only') as read, now() is not null as ok"))
          .rows,
    );
    expect(row).toEqual({ read: "off", ok: true });
  });

  describe("of several hosts", () => {
    const nobody = { host: "127.0.0.1", port: 1 };
    const asked = (more: Partial<ConnectionSpec>, wanted?: SessionAttributes): ConnectionSpec => ({
      ...database.spec,
      ...more,
      sessionAttributes: wanted,
    });
    const there = () => ({ host: database.spec.host, port: database.spec.port });

    it("takes the one that answers", async () => {
      const chosen = await chooseHost(asked({ ...nobody, otherHosts: [there()] }), options);
      expect(chosen).toEqual(database.spec);
    });

    it.each<[SessionAttributes, boolean]>([
      ["any", true],
      ["read-write", true],
      ["primary", true],
      ["prefer-standby", true],
      ["standby", false],
      ["read-only", false],
    ])("as %s asks: %s", async (wanted, isThere) => {
      const chosen = chooseHost(asked({ otherHosts: [nobody] }, wanted), options);
      if (isThere) expect(await chosen).toMatchObject(there());
      else await expect(chosen).rejects.toMatchObject({ code: "connect.not_as_asked", context: { wanted } });
    });

    it("says what the last one said, where nobody answers", async () => {
      await expect(chooseHost(asked({ ...nobody, otherHosts: [nobody] }), options)).rejects.toMatchObject({
        code: "connect.refused",
      });
    });
  });
});
