import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carrySchema } from "@/e2e/databases/carry";
import { loadRegression } from "@/e2e/databases/regression";
import { type PrivateServer, privateServer, type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import type { PolicyContext } from "./policy/context";

const [from = 18] = testServer.versions(15, 17);

/** What only a superuser may have, and a table cannot do without: of the regression database, one table. */
const withoutSuperuser: Pick<PolicyContext, "filter"> = {
  filter: { schemas: [], tables: [], excludeTables: [{ schema: "app", name: "tags" }] },
};

describe("the regression database, imported by a role that is no superuser", () => {
  let source: TestDatabase;
  let server: PrivateServer;

  beforeAll(async () => {
    source = await (await testServer(from)).createDatabase("regression");
    await loadRegression(source.spec, from);
    // A server of its own: the roles that are to be created are there on the others.
    server = await privateServer(18);
  });
  afterAll(async () => {
    await Promise.all([source.drop(), server.remove()]);
  });

  async function ownDatabase(attributes: string): Promise<ConnectionSpec> {
    const database = await server.createDatabase("owned");
    const role = await server.createRole({ attributes, database: database.spec.database });
    const owner = `alter database ${quoteIdentifier(database.spec.database)} owner to ${quoteIdentifier(role.name)}`;
    await withSession(database.spec, { side: "metadata", name: "ferry test" }, (client) => client.query(owner));
    return role.spec;
  }

  it("keeps owners and grants, with the missing roles created", async () => {
    const keep: Partial<PolicyContext> = { ...withoutSuperuser, ownership: { mode: "keep" } };
    const { failures, differences, target } = await carrySchema(source.spec, await ownDatabase("createrole"), keep);
    expect(failures).toEqual([]);
    expect(differences).toEqual([]);
    const accounts = target.entries.find(({ kind, name }) => kind === "TABLE" && name === "accounts");
    expect(accounts?.owner).toBe("ferry_writer");
  });

  it("arrives but for what was announced, with the reason each time", async () => {
    const { failures, differences, verdicts } = await carrySchema(
      source.spec,
      await ownDatabase("createrole"),
      withoutSuperuser,
    );
    expect(failures).toEqual([]);
    expect(differences).toEqual([]);
    const announced = verdicts
      .filter(({ entry, action, reason }) => reason && action !== "apply" && !/ACL/.test(entry.kind))
      .map(({ entry, action, reason }) => `${action} ${entry.kind} ${entry.name}: ${reason}`)
      .map((line) => line.replaceAll("\n", " ").replaceAll(source.spec.database, "regression"));
    await expect(announced.join("\n")).toMatchFileSnapshot("../../e2e/databases/regression/without-superuser.txt");
  });

  it("hands owners and grants to the roles that it is told", async () => {
    const role = await server.createRole();
    const map: Partial<PolicyContext> = {
      ...withoutSuperuser,
      ownership: { mode: "map", roles: { ferry_writer: "Mapped writer", ferry_reader: role.name } },
    };
    const { failures, differences, target } = await carrySchema(source.spec, await ownDatabase("createrole"), map);
    expect(failures).toEqual([]);
    expect(differences).toEqual([]);
    const accounts = target.entries.find(({ kind, name }) => kind === "TABLE" && name === "accounts");
    expect(accounts?.owner).toBe("Mapped writer");
  });

  it("does not create roles where it may not", async () => {
    const { failures, verdicts } = await carrySchema(source.spec, await ownDatabase("nocreaterole"), withoutSuperuser);
    expect(failures).toEqual([]);
    expect(verdicts.filter(({ entry }) => entry.kind === "ROLE")).toEqual([]);
  });
});

describe("the regression database, imported by a superuser", () => {
  it("compares identical with owners and grants kept", async () => {
    const source = await (await testServer(from)).createDatabase("regression");
    await loadRegression(source.spec, from);
    const target = await (await testServer(18)).createDatabase("kept");
    const carried = await carrySchema(source.spec, target.spec, { ownership: { mode: "keep" } });
    expect(carried.failures).toEqual([]);
    expect(carried.differences).toEqual([]);
    await Promise.all([source.drop(), target.drop()]);
  });
});
