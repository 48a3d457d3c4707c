import type { Client } from "pg";

/** What others do on the server at this moment, as far as this role may see it. */
export interface Activity {
  /** Tables that somebody has to himself, or waits to have: nobody else can begin to read them meanwhile. */
  locked: LockedTable[];
  longTransactions: { pid: number; user: string; application: string; seconds: number }[];
  preparedTransactions: { name: string; owner: string; seconds: number }[];
  /** What autovacuum works on because it must, before transaction ids run out. */
  wraparoundVacuums: string[];
  vacuumWorkers: { busy: number; all: number };
  /** Transactions since the oldest row that is not frozen; at two billion a server stops. */
  transactionAge: number;
  /** How far a replica is behind; null on a primary, and where nothing is waiting to be replayed. */
  replicaDelaySeconds: number | null;
  /** Replicas that follow this server, with what they have not replayed yet; null where that is not for this role to see. */
  standbys: { name: string; lagBytes: number | null }[];
}

export interface LockedTable {
  schema: string;
  name: string;
  pid: number;
  user: string;
  application: string;
  /** Since its transaction began; null where that is not for this role to see. */
  seconds: number | null;
  hasIt: boolean;
}

/** From here on a transaction is worth a word. */
const LONG = "interval '1 hour'";

const ACTIVITY_SQL = `
  with sessions as (
    select pid, usename, application_name, backend_type, query,
           extract(epoch from clock_timestamp() - xact_start)::float8 as seconds
      from pg_catalog.pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()
  )
  select (select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname, 'pid', l.pid,
                   'user', coalesce(s.usename, ''), 'application', coalesce(s.application_name, ''),
                   'seconds', s.seconds, 'hasIt', l.granted) order by l.granted desc, n.nspname, c.relname), '[]')
            from pg_catalog.pg_locks l
            join pg_catalog.pg_class c on c.oid = l.relation and c.relkind in ('r', 'p', 'm') and c.relpersistence <> 't'
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
            left join sessions s on s.pid = l.pid
           where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.pid is not null
             and l.database = (select oid from pg_catalog.pg_database where datname = current_database())) as locked,
         (select coalesce(json_agg(json_build_object('pid', pid, 'user', coalesce(usename, ''),
                   'application', coalesce(application_name, ''), 'seconds', seconds) order by seconds desc), '[]')
            from sessions
           where backend_type = 'client backend' and application_name not like 'ferry %'
             and seconds > extract(epoch from ${LONG})) as "longTransactions",
         (select coalesce(json_agg(json_build_object('name', gid, 'owner', owner,
                   'seconds', extract(epoch from clock_timestamp() - prepared)::float8) order by prepared), '[]')
            from pg_catalog.pg_prepared_xacts where database = current_database()) as "preparedTransactions",
         (select coalesce(json_agg(query order by pid), '[]') from sessions
           where query like 'autovacuum:%(to prevent wraparound)%') as "wraparoundVacuums",
         json_build_object('busy', (select count(*) from sessions where backend_type = 'autovacuum worker'),
                           'all', current_setting('autovacuum_max_workers')::int) as "vacuumWorkers",
         (select age(datfrozenxid)::float8 from pg_catalog.pg_database where datname = current_database())
           as "transactionAge",
         case when pg_is_in_recovery() and pg_last_wal_receive_lsn() is distinct from pg_last_wal_replay_lsn()
              then extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp())::float8 end
           as "replicaDelaySeconds",
         (select coalesce(json_agg(json_build_object('name', application_name,
                   'lagBytes', (sent_lsn - replay_lsn)::float8) order by application_name), '[]')
            from pg_catalog.pg_stat_replication) as standbys`;

export async function readActivity(client: Client): Promise<Activity> {
  const { rows } = await client.query<Activity>(ACTIVITY_SQL);
  const [activity] = rows;
  if (!activity) throw new Error("The server did not tell what others do there.");
  return activity;
}
