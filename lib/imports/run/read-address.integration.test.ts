import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pooler, startPooler } from "@/e2e/servers/pooler";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { explain, toStored } from "@/lib/errors/describe";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import { reachServer, readAddress, refuseSocket } from "./read-address";

describe.skipIf(!testServer.available(18))("the server of an import", () => {
  let database: TestDatabase;
  let pooler: Pooler;
  beforeAll(async () => {
    database = await (await testServer(18)).createDatabase("address");
    pooler = await startPooler(database.spec, "transaction");
  });
  afterAll(async () => {
    await pooler.close();
    await database.drop();
  });

  it("is the one that was given", async () => {
    expect(await reachServer("source", database.spec)).toEqual(database.spec);
  });

  it("is the one of several that is as wished", async () => {
    const spec = { ...database.spec, host: "127.0.0.1", port: 1, sessionAttributes: "primary" as const };
    const otherHosts = [{ host: database.spec.host, port: database.spec.port }];
    expect(await reachServer("target", { ...spec, otherHosts })).toEqual(database.spec);
  });

  it("is no pooler that lends out transactions", async () => {
    const { host, port } = pooler;
    const error = await reachServer("source", { ...database.spec, host, port }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "connect.pooler", context: { side: "source", host, port } });
    expect(explain(toStored(error)).what).toContain(
      "is a pooler that lends out sessions for one transaction at a time",
    );
  });

  it("is no other database that only speaks like Postgres, by its own words", async () => {
    const name = quoteIdentifier(database.spec.database);
    await withSession(database.spec, { side: "metadata", name: "ferry test" }, (client) =>
      client.query(`
        create function public.version() returns text language sql as $$ select 'CockroachDB CCL v24.1.0' $$;
        alter database ${name} set search_path = public, pg_catalog`),
    );
    await expect(reachServer("source", database.spec)).rejects.toMatchObject({
      code: "connect.look_alike",
      context: { name: "CockroachDB" },
    });
  });

  it("is none by its host either: nobody is asked", async () => {
    const spec = { ...database.spec, host: "abc.dsql.us-east-1.on.aws" };
    await expect(reachServer("source", spec)).rejects.toMatchObject({ context: { name: "Amazon Aurora DSQL" } });
  });
});

it("reads a pooler's address as that of the server behind it, where the rule is known", () => {
  const given = { host: "ep-a-1-pooler.eu-central-1.aws.neon.tech", port: 5432 };
  expect(readAddress("source", `postgres://u:p@${given.host}/d?sslmode=require`)).toMatchObject({
    host: "ep-a-1.eu-central-1.aws.neon.tech",
    given,
  });
});

it.each(["postgres://u@%2Fvar%2Frun/d", "host=h,/tmp user=u"])(
  "lets nobody use a socket of a hosted Ferry: %s",
  (text) => {
    expect(() => refuseSocket("source", text)).toThrow(
      expect.objectContaining({
        code: "connection_string.invalid",
        context: expect.objectContaining({ part: "host" }),
      }),
    );
    expect(() => refuseSocket("source", "postgres://u@h/d")).not.toThrow();
  },
);
