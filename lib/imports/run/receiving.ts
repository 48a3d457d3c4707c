import type { TableName } from "@/lib/plan/table-name";
import { withSession } from "@/lib/postgres/session";
import type { Facts } from "@/lib/preflight/facts";
import { readReceiver } from "@/lib/source/receiver";
import type { Target } from "@/lib/target/target";

export type Receiving = Facts["receiver"];

/** Nobody is to wait for a table that somebody has locked. */
const LOCK_MS = 5_000;

/** What a place has already of tables to be filled. Only a database that somebody named has any. */
export async function receivingOf(
  target: Target,
  wanted: readonly TableName[],
  { name, workMs }: { name: string; workMs: number },
): Promise<Exclude<Receiving, null>> {
  const spec = target.kind === "url" ? await target.askAt() : null;
  if (!spec) return "made anew";
  return withSession(spec, { side: "target", name, workMs }, async (client) => {
    await client.query(`set statement_timeout = ${workMs}; set lock_timeout = ${LOCK_MS}`);
    return readReceiver(client, wanted);
  });
}
