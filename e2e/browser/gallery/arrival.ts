import { withSession } from "@/lib/postgres/session";
import { parseConnectionString } from "@/lib/source/connection-string";
import { emptyDatabase, type OwnPostgres } from "../own-postgres";

/** As the server's superuser. */
export async function asSuperuser(own: OwnPostgres, database: string, sql: string): Promise<void> {
  const spec = { ...own.server.superuser, database };
  await withSession(spec, { side: "metadata", name: "ferry test" }, (client) => client.query(sql));
}

/** An import from the library to an empty database, in which something was done first. */
export async function arrival(own: OwnPostgres, sql: string): Promise<Record<string, unknown>> {
  const target = await emptyDatabase(own);
  await asSuperuser(own, parseConnectionString(target).database, sql);
  return { sourceText: own.url, target: { kind: "url", text: target } };
}

/** What an import leaves out, and says so, and yet succeeds. */
const NOTES = `
  create publication everything for all tables;
  create function noticed() returns event_trigger language plpgsql as $$ begin raise notice '%', tg_tag; end $$;
  create event trigger notice_ddl on ddl_command_end execute function noticed();`;

/** An import of a database that holds more than its owner may make elsewhere. */
export async function withNotes(own: OwnPostgres): Promise<Record<string, unknown>> {
  const { spec } = await own.server.createDatabase("archive");
  const { database } = spec;
  const keeper = await own.server.createRole({ prefix: "keeper", database });
  await asSuperuser(own, database, `alter database ${database} owner to ${keeper.name}; ${NOTES}`);
  await asSuperuser(
    own,
    database,
    `grant all on schema public to ${keeper.name}; set role ${keeper.name};
     create unlogged table sightings (title text, seen timestamptz);
     create table notes (line text);
     insert into notes select 'Line ' || n from generate_series(1, 500) n`,
  );
  return { sourceText: keeper.url, target: { kind: "url", text: await emptyDatabase(own) } };
}
