import { openHome } from "@/lib/embedded/home";
import { homeSecrets } from "@/lib/embedded/home-secrets";
import { homeServersDir } from "@/lib/embedded/home-servers";
import { StackServers } from "@/lib/embedded/stack-servers";
import { Unwind } from "@/lib/embedded/unwind";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import type { ImportRecords, UnitRecord } from "./profile";

const ms = (moment: string) => `(extract(epoch from ${moment}) * 1000)::float8`;

const IMPORT = `select ${ms("created_at")} as "createdAt", ${ms("finished_at")} as "finishedAt" from imports where id = $1`;

const EVENTS = `select kind, min(${ms("at")}) as at from import_events where import_id = $1 group by kind`;

const UNITS = `
  select id, kind, subject, lane, ${ms("started_at")} as "startedAt", ${ms("finished_at")} as "finishedAt",
         array(select depends_on from unit_edges e where e.import_id = u.import_id and e.unit_id = u.id) as "dependsOn"
    from units u
   where import_id = $1 and state = 'done'`;

/** Reads imports from a home whose command has ended: its metadata server is started once more for that. */
export async function readImports(homePath: string, importIds: string[]): Promise<ImportRecords[]> {
  const opened = await openHome(homePath);
  if ("heldBy" in opened) throw new Error(`${homePath} is in use.`);
  const { home } = opened;
  const unwind = new Unwind();
  unwind.add(() => home.release());
  try {
    const [secrets, serversDir] = await Promise.all([homeSecrets(home.path), homeServersDir(home.path)]);
    const servers = new StackServers({ serversDir, secrets, home, log: () => {}, say: () => {}, unwind });
    const spec = parseConnectionString((await servers.startOwn()).databaseUrl);
    return await Promise.all(importIds.map((importId) => readImport(spec, importId)));
  } finally {
    await unwind.run();
  }
}

const readImport = (spec: ConnectionSpec, importId: string): Promise<ImportRecords> =>
  withSession(spec, { side: "metadata", name: "ferry bench" }, async (client) => {
    const [row] = (await client.query<{ createdAt: number; finishedAt: number }>(IMPORT, [importId])).rows;
    if (!row) throw new Error(`Import ${importId} is not in the metadata database.`);
    const events = await client.query<{ kind: string; at: number }>(EVENTS, [importId]);
    const units = await client.query<UnitRecord>(UNITS, [importId]);
    return {
      ...row,
      events: Object.fromEntries(events.rows.map(({ kind, at }) => [kind, at])),
      units: units.rows,
    };
  });
