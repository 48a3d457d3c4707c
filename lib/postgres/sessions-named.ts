import type { Client } from "pg";

const NAMED = `
  datname = current_database() and pid <> pg_catalog.pg_backend_pid()
  and left(application_name, length($1)) = $1 and application_name <> $2`;

/** The names of this database's sessions that begin so, but for one. */
export async function sessionsNamed(client: Client, begin: string, but = ""): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_catalog.pg_stat_activity where ${NAMED}`,
    [begin, but],
  );
  return rows.map(({ name }) => name);
}

/** Ends them; how many there were. */
export async function endSessionsNamed(client: Client, begin: string, but = ""): Promise<number> {
  const { rowCount } = await client.query(
    `select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where ${NAMED}`,
    [begin, but],
  );
  return rowCount ?? 0;
}
