import { randomBytes } from "node:crypto";
import { query } from "@/e2e/imports/scene";
import {
  type TestDatabase,
  type TestRole,
  type TestServer,
  testServer,
  type Version,
} from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";
import { dumpSchema } from "@/lib/schema/dump";
import { compareObjects, type ObjectDifference, type ObjectSide } from "@/lib/verify/structure/compare-objects";
import { sequenceName } from "@/lib/verify/structure/compare-sequences";
import { readStructure } from "@/lib/verify/structure/read-facts";
import { shopOf } from "./shop";
import type { StructuralHarm } from "./structural-harms";

/** The same shop twice, on servers of two versions; the second one is what copies are made of, to be harmed. */
export class Shops {
  private constructor(
    private readonly server: TestServer,
    private readonly roles: [TestRole, TestRole],
    private readonly template: TestDatabase,
    private readonly source: ObjectSide,
  ) {}

  static async open(version: Version): Promise<Shops> {
    const server = await testServer(version);
    const roles: [TestRole, TestRole] = [await server.createRole(), await server.createRole()];
    const [source, template] = [await server.createDatabase("shop"), await server.createDatabase("arrived")];
    for (const { spec } of [source, template]) await query(spec, shopOf(...roles));
    const side = await readSide(source.spec, "source");
    await source.drop();
    return new Shops(server, roles, template, side);
  }

  /** What is found after these harms, with the roles called by their parts. */
  async differencesAfter(harms: readonly StructuralHarm[]): Promise<ObjectDifference[]> {
    const database = `harmed_${randomBytes(5).toString("hex")}`;
    const spec = { ...this.template.spec, database };
    const name = quoteIdentifier(database);
    await query(
      this.server.superuser,
      `create database ${name} template ${quoteIdentifier(this.template.spec.database)}`,
    );
    try {
      const [reader, boss] = this.roles;
      for (const { sql } of harms)
        await query(spec, sql.replaceAll("READER", reader.name).replaceAll("BOSS", boss.name));
      return this.compared(await readSide(spec, "target"));
    } finally {
      await query(this.server.superuser, `drop database ${name}`);
    }
  }

  private compared(target: ObjectSide): ObjectDifference[] {
    const sourceNow = new Map(this.source.facts.sequences.map((fact) => [sequenceName(fact), fact]));
    const options = { ownership: { mode: "keep" as const }, ignoredSchemas: [], withData: true, sourceNow };
    const [reader, boss] = this.roles;
    return compareObjects(this.source, target, options).map((difference) => ({
      ...difference,
      detail: difference.detail?.replaceAll(reader.name, "READER").replaceAll(boss.name, "BOSS") ?? null,
    }));
  }

  async close(): Promise<void> {
    await this.template.drop();
    for (const role of this.roles) await role.drop();
  }
}

async function readSide(spec: ConnectionSpec, side: "source" | "target"): Promise<ObjectSide> {
  const [archive, facts] = await Promise.all([
    dumpSchema({ spec, side }),
    withSession(spec, { side, name: "harms" }, readStructure),
  ]);
  return { archive, facts };
}
