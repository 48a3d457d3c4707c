import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import type { TcpProxy } from "@/e2e/servers/tcp-proxy";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { type TestDatabase, type TestServer, testServer, type Version } from "@/e2e/servers/test-servers";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { quoteQualified } from "@/lib/postgres/quote";
import { withSession } from "@/lib/postgres/session";

/** Servers of two versions, of those that this machine has. */
export const SOURCE: Version = testServer.available(15) ? 15 : 18;
export const TARGET: Version = testServer.available(17) ? 17 : 18;

/** Some scenes lean on the target being newer than the source; without a second version they are skipped. */
export const ONE_VERSION = SOURCE >= 16 || TARGET < 16;

/** The `metadata` side is the one without limits: a source's session could not write. */
export const query = <Row>(spec: ConnectionSpec, sql: string, values?: unknown[]): Promise<Row[]> =>
  withSession(
    spec,
    { side: "metadata", name: "e2e" },
    async (client) => (await client.query(sql, values)).rows as Row[],
  );

export const inSession = <T>(spec: ConnectionSpec, work: (client: Client) => Promise<T>): Promise<T> =>
  withSession(spec, { side: "metadata", name: "e2e" }, work);

export interface Scene {
  source: TestDatabase;
  target: TestDatabase;
  /** The source through a line that can be slowed down and cut. */
  line: TcpProxy;
  lineUrl: string;
  close(): Promise<void>;
}

/** A source made by `sql` and an empty target of a newer version, on servers of the test's own if it needs them. */
export async function makeScene(sql: string, own?: TestServer, ownTarget?: TestServer): Promise<Scene> {
  const [sourceServer, targetServer] = await Promise.all([own ?? testServer(SOURCE), ownTarget ?? testServer(TARGET)]);
  const source = await sourceServer.createDatabase("scene");
  const target = await targetServer.createDatabase("arrival");
  await query(source.spec, sql);
  const line = await startProxy({ to: { host: source.spec.host, port: source.spec.port } });
  const lineUrl = connectionUrl({ ...source.spec, port: line.port });
  const close = async () => {
    await line.close();
    await Promise.all([source.drop(), target.drop()]);
  };
  return { source, target, line, lineUrl, close };
}

/** A digest of all rows of each table, whatever their order. */
export const digests = (spec: ConnectionSpec, tables: string[]): Promise<Record<string, string>> =>
  inSession(spec, (client) => digestsIn(client, tables));

/** The same as one transaction sees it. */
export async function digestsIn(client: Client, tables: string[]): Promise<Record<string, string>> {
  const selects = tables.map((table) => {
    const [schema = "", name = ""] = table.split(".");
    return `select '${table}' as table, count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest
              from only ${quoteQualified(schema, name)} t`;
  });
  const { rows } = await client.query<{ table: string; digest: string }>(selects.join(" union all "));
  return Object.fromEntries(rows.map(({ table, digest }) => [table, digest]));
}

/** Sessions that Ferry has open in a database, by their names. */
export const ferrySessions = async (spec: ConnectionSpec): Promise<string[]> =>
  (
    await query<{ name: string }>(
      spec,
      "select application_name as name from pg_stat_activity where datname = $1 and application_name like 'ferry %'",
      [spec.database],
    )
  ).map(({ name }) => name);

/** How long it took until Ferry had no session on either side. */
export async function untilAlone({ source, target }: Scene, limitMs = 15_000): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const sessions = (await Promise.all([ferrySessions(source.spec), ferrySessions(target.spec)])).flat();
    const tookMs = performance.now() - startedAt;
    if (sessions.length === 0) return tookMs;
    if (tookMs > limitMs) throw new Error(`Still there: ${sessions.join(", ")}`);
    await sleep(50);
  }
}

/** Ends the sessions whose name matches, as an administrator does; returns how many there were. */
export async function terminate(spec: ConnectionSpec, pattern: string): Promise<number> {
  const rows = await query(
    spec,
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like $2",
    [spec.database, pattern],
  );
  return rows.length;
}
