import type { QueryResultRow } from "pg";
import { query } from "@/e2e/imports/scene";
import type { TestDatabase, TestServer } from "@/e2e/servers/test-servers";
import { migrate } from "@/lib/db/migrate";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { quoteIdentifier } from "@/lib/postgres/quote";
import { closeSession, openSession } from "@/lib/postgres/session";
import { EngineProcess } from "./engine-process";
import { shapeSql } from "./shape";

/** What all runs share: the two servers, and the database that each run's source is a copy of. */
export interface Arena {
  source: TestServer;
  target: TestServer;
  /** Nobody connects to it, or it could not be copied. */
  template: TestDatabase;
}

export async function openArena(source: TestServer, target: TestServer, sql = shapeSql(40_000)): Promise<Arena> {
  const template = await source.createDatabase("faults_template");
  await query(template.spec, sql);
  return { source, target, template };
}

let copies = 0;

/** A source of a run's own. */
export async function copyTemplate({ source, template }: Arena): Promise<TestDatabase> {
  const database = `${template.spec.database}_${++copies}`;
  const [name, from] = [database, template.spec.database].map(quoteIdentifier);
  await query(source.superuser, `create database ${name} template ${from}`);
  const spec = { ...source.superuser, database };
  const drop = async () => {
    await query(source.superuser, `drop database if exists ${name} with (force)`);
  };
  return { spec, url: connectionUrl(spec), drop };
}

/** A Ferry with a memory of its own; runs that go side by side have one each. */
export interface Slot {
  engine: EngineProcess;
  /** Asks the metadata database, over one session: it is asked many times a second. */
  ask<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export async function openSlot({ target }: Arena): Promise<Slot> {
  const metadata = await target.createDatabase("faults_metadata");
  await migrate(metadata.url);
  const [engine, session] = await Promise.all([
    EngineProcess.start(metadata.url),
    openSession(metadata.spec, { side: "metadata", name: "faults" }),
  ]);
  return {
    engine,
    ask: async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await session.query<Row>(sql, values)).rows,
    close: async () => {
      await engine.kill();
      await closeSession(session);
      await metadata.drop();
    },
  };
}
