import type { Client } from "pg";
import { quoteLiteral } from "@/lib/postgres/quote";
import { sqlstateOf } from "@/lib/postgres/sqlstate";
import { majorVersion } from "@/lib/source/inventory";

const BEGIN = "begin isolation level repeatable read read only";
/** What a server says of a snapshot whose last holder has gone: 22023 in general, 42704 from 17 on. */
const GONE = new Set(["22023", "42704", "55000"]);

/** Begins a transaction that sees exactly the snapshot, or returns false when nobody holds it any more. */
export async function beginUnderSnapshot(source: Client, snapshot: string): Promise<boolean> {
  try {
    await source.query(`${BEGIN}; set transaction snapshot ${quoteLiteral(snapshot)}`);
    return true;
  } catch (error) {
    await source.query("rollback").catch(() => {});
    if (GONE.has(sqlstateOf(error) ?? "")) return false;
    throw error;
  }
}

export interface ExportedSnapshot {
  name: string;
  horizon: string;
}

/** Begins a transaction under a snapshot of its own. */
export async function beginFresh(source: Client): Promise<void> {
  await source.query(BEGIN);
}

/** Gives the transaction's snapshot a name for others, with the horizon it stands for. */
export async function exportSnapshot(source: Client): Promise<ExportedSnapshot> {
  const { rows } = await source.query<{ versionNumber: number }>(
    `select current_setting('server_version_num')::int as "versionNumber"`,
  );
  const current =
    majorVersion(rows[0] ?? { versionNumber: 0 }) >= 13 ? "pg_current_snapshot()" : "txid_current_snapshot()";
  const exported = await source.query<ExportedSnapshot>(
    `select pg_export_snapshot() as name, ${current}::text as horizon`,
  );
  const [row] = exported.rows;
  if (!row) throw new Error("pg_export_snapshot returned no row.");
  return row;
}
