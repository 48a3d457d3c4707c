import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { withSession } from "@/lib/postgres/session";
import { endSessionsNamed } from "@/lib/postgres/sessions-named";
import { openCredential } from "../credentials";
import { unitSession } from "./detached-unit";

/** Ends what the target still works on for an import without anybody there: nobody wants its result any more. */
export async function endStatements(importId: string): Promise<{ ended: number }> {
  const { rowCount } = await database().execute(sql`
    select 1 from units where import_id = ${importId} and detached_at is not null and state <> 'done' limit 1`);
  if (!rowCount) return { ended: 0 };
  const target = await openCredential(importId, "target");
  const ended = await withSession(target, { side: "target", name: `ferry ${importId} clean-up` }, (client) =>
    endSessionsNamed(client, unitSession(importId, "")),
  );
  return { ended };
}
