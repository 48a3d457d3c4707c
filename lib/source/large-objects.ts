import type { Client } from "pg";
import { majorVersion, type ServerFacts } from "./inventory";

/** What a role that need not be a superuser can tell of a database's large objects. */
export interface LargeObjects {
  count: number;
  /** On disk, where their pages are compressed: how long one is only its own end tells. */
  bytes: number;
  /** How many this role may not read. */
  unreadable: number;
  /** The oid of every thousandth of them: where a unit of work begins. */
  starts: number[];
}

export const OBJECTS_PER_UNIT = 1_000;

/** Before 18 no function answers this, and before that the catalogue says it: owners and superusers may, and grantees. */
const mayRead = (major: number): string =>
  major >= 18
    ? "has_largeobject_privilege(m.oid, 'select')"
    : `(current_setting('lo_compat_privileges')::bool or pg_has_role(m.lomowner, 'usage')
        or exists (select 1 from aclexplode(m.lomacl) a
                    where a.privilege_type = 'SELECT' and (a.grantee = 0 or pg_has_role(a.grantee, 'usage'))))`;

const largeObjectsSql = (major: number): string => `
  select count(*)::float8 as count,
         pg_table_size('pg_catalog.pg_largeobject')::float8 as bytes,
         count(*) filter (where not readable)::float8 as unreadable,
         coalesce(json_agg(oid order by oid) filter (where place % ${OBJECTS_PER_UNIT} = 1), '[]') as starts
    from (select m.oid::int8 as oid, row_number() over (order by m.oid) as place, ${mayRead(major)} as readable
            from pg_catalog.pg_largeobject_metadata m) objects`;

export async function readLargeObjects(client: Client, server: ServerFacts): Promise<LargeObjects> {
  const { rows } = await client.query<LargeObjects>(largeObjectsSql(majorVersion(server)));
  const [found] = rows;
  if (!found) throw new Error("The server did not tell its large objects.");
  return found.count === 0 ? { ...found, bytes: 0 } : found;
}
