import { sql } from "drizzle-orm";
import { database } from "@/lib/db/client";
import { carryingKinds } from "@/lib/plan/unit";
import { endpointView } from "./get-import";
import type { EndpointRecord } from "./record";
import type { ImportStatus } from "./status";
import type { ImportSummary } from "./view";

const ON_A_PAGE = 25;

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  status: ImportStatus;
  source: EndpointRecord;
  target: EndpointRecord;
  cost: number | null;
  costDone: number | null;
  bytesDone: number;
  by: string | null;
  createdAt: Date | string;
  startedAt: Date | string | null;
  finishedAt: Date | string | null;
}

export interface ImportPage {
  imports: ImportSummary[];
  /** What the next page is before; null when there is none. */
  before: string | null;
}

/** The newest imports first, with how far each is; `before` one of them, when told. Their ids rise with time. */
export async function listImports({ before }: { before?: string } = {}): Promise<ImportPage> {
  const { rows } = await database().execute<Row>(sql`
    select i.id, i.name, (select name from users where id = i.created_by) as by, i.status, i.source, i.target, i.created_at as "createdAt", i.started_at as "startedAt",
           i.finished_at as "finishedAt", u.cost, u.done as "costDone", coalesce(u.bytes, 0)::float8 as "bytesDone"
      from imports i
      left join lateral (
           select sum(cost) as cost, sum(cost) filter (where state = 'done') as done,
                  sum(bytes_done) filter (where kind in ${carryingKinds}) as bytes
             from units where import_id = i.id) u on true
     where ${before ?? null}::text is null or i.id < ${before ?? null}
     order by i.id desc limit ${ON_A_PAGE + 1}`);
  const time = (value: Date | string | null) => (value === null ? null : new Date(value).toISOString());
  const shown = rows.slice(0, ON_A_PAGE);
  const imports = shown.map((row) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    source: endpointView(row.source),
    target: endpointView(row.target),
    fraction: row.status === "succeeded" ? 1 : row.cost ? (row.costDone ?? 0) / row.cost : 0,
    bytesDone: row.bytesDone,
    by: row.by,
    createdAt: new Date(row.createdAt).toISOString(),
    startedAt: time(row.startedAt),
    finishedAt: time(row.finishedAt),
  }));
  return { imports, before: rows.length > shown.length ? (shown.at(-1)?.id ?? null) : null };
}
