/**
 * How long a large schema takes, beside `pg_dump -s | psql` in the same run:
 *   npx tsx e2e/databases/timing.ts [tables = 3000] [rounds = 1] [--delay]
 * `ferry` is an import of the schema from its start to its end: checks, snapshot, dump, plan, units, the engine's
 * steps between them. `bare` is dump, policy and apply by themselves. Native counts from spawn to exit.
 * With --delay the line to the target adds 20 ms to each round trip. Needs pg_dump and psql.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { connectionUrl } from "@/lib/postgres/connection-url";
import { withSession } from "@/lib/postgres/session";
import { dumpSchema } from "@/lib/schema/dump";
import { allowEveryAddress } from "@/lib/security/address-guard";
import { startFerry } from "../imports/ferry-rig";
import { launch } from "../servers/launch";
import { serverAt } from "../servers/server-at";
import { startProxy } from "../servers/tcp-proxy";
import { testFolder } from "../servers/test-folder";
import { VERSIONS } from "../servers/versions";
import { applyVerdicts, decideFor } from "./carry";

allowEveryAddress();
const DELAY_MS = 20;
const POLL_MS = 20;
const [tables = 3_000, rounds = 1] = process.argv.slice(2).map(Number).filter(Number.isFinite);

const native = Number(/\) (\d+)/.exec(execFileSync("pg_dump", ["--version"], { encoding: "utf8" }))?.[1]);
const version = VERSIONS.findLast((candidate) => candidate <= native) ?? 15;
const home = join(testFolder(), "timing", String(process.pid));
const source = await launch(version, join(home, "source"));
const target = await launch(18, join(home, "target"), { settings: { max_locks_per_transaction: 256 } });
const metadata = await launch(18, join(home, "metadata"));
const ferry = await startFerry({ server: serverAt(18, metadata.superuser) });

type Took = Record<"ferry" | "bare" | "native", number>;

const admin = (spec: ConnectionSpec, sql: string) =>
  withSession(spec, { side: "metadata", name: "ferry timing" }, (client) => client.query(sql));

async function databaseOf(spec: ConnectionSpec, database: string): Promise<ConnectionSpec> {
  await admin(spec, `create database ${database}`);
  return { ...spec, database };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

const flags = ({ host, port, user, database }: ConnectionSpec) => [
  "-h",
  host,
  "-p",
  String(port),
  "-U",
  user,
  "-d",
  database,
  "-w",
];

const login = ({ password }: ConnectionSpec) => ({ ...process.env, PGPASSWORD: password ?? "" });

async function nativePipe(from: ConnectionSpec, to: ConnectionSpec): Promise<void> {
  const dump = spawn("pg_dump", ["-s", ...flags(from)], { stdio: ["ignore", "pipe", "inherit"], env: login(from) });
  const load = spawn("psql", ["-q", "-X", "-o", "/dev/null", ...flags(to)], {
    stdio: ["pipe", "inherit", "inherit"],
    env: login(to),
  });
  dump.stdout.pipe(load.stdin);
  const [code] = await once(load, "close");
  if (code !== 0) throw new Error(`psql ended with ${code}`);
}

async function bare(from: ConnectionSpec, to: ConnectionSpec): Promise<void> {
  const archive = await dumpSchema({ spec: from, side: "source" });
  await withSession(to, { side: "target", name: "ferry timing" }, async (client) => {
    const failures = await applyVerdicts(client, (await decideFor(client, archive)).verdicts);
    if (failures.length > 0) throw new Error(JSON.stringify(failures[0]));
  });
}

/** Looks at the status alone: a whole view several times a second would cost more than it measures. */
async function wholeImport(id: string): Promise<void> {
  await withSession(ferry.metadata.spec, { side: "metadata", name: "ferry timing" }, async (client) => {
    await ferry.start(id);
    for (;;) {
      const { rows } = await client.query("select status from imports where id = $1", [id]);
      if (rows[0].status === "succeeded") return;
      if (!["queued", "running"].includes(rows[0].status)) throw new Error((await ferry.view(id)).headline);
      await sleep(POLL_MS);
    }
  });
}

async function compare(label: string, round: number, via: (spec: ConnectionSpec) => ConnectionSpec): Promise<Took> {
  const empty = (whose: string) => databaseOf(target.superuser, `${whose}_${label}_${round}`);
  const [ours, parts, theirs] = [await empty("ferry"), await empty("bare"), await empty("native")];
  const id = await ferry.create(connectionUrl(from), connectionUrl(via(ours)), { content: "schema", verify: "none" });
  const load = loadavg()[0]?.toFixed(1);
  const took = {
    ferry: await seconds(() => wholeImport(id)),
    bare: await seconds(() => bare(from, via(parts))),
    native: await seconds(() => nativePipe(from, via(theirs))),
  };
  console.log(`${label} ${round}: ${inWords(took)}; load before ${load}`);
  return took;
}

/** Seconds, and in brackets how many times native's they are. */
const inWords = (took: Took) =>
  (["ferry", "bare", "native"] as const)
    .map((way) => `${way} ${took[way].toFixed(2)} s (${(took[way] / took.native).toFixed(3)})`)
    .join(", ");

/** Of several rounds, for each the one in which least else was going on. */
const best = (rounds: Took[]): Took => ({
  ferry: Math.min(...rounds.map(({ ferry }) => ferry)),
  bare: Math.min(...rounds.map(({ bare }) => bare)),
  native: Math.min(...rounds.map(({ native }) => native)),
});

const from = await databaseOf(source.superuser, "many");
await admin(
  from,
  `do $$ begin for n in 1..${tables} loop
     execute format('create table t%s (id int primary key, name text not null, n numeric(10,2) default 0, at timestamptz default now())', n);
     execute format('create index on t%s (name)', n);
     if n % 500 = 0 then commit; end if;
   end loop; end $$`,
);
try {
  const began = performance.now();
  const archive = await dumpSchema({ spec: from, side: "source" });
  const took = ((performance.now() - began) / 1_000).toFixed(2);
  const resident = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  console.log(`${tables} tables, ${archive.entries.length} entries: dumped in ${took} s, ${resident} MiB resident`);
  const proxy = await startProxy({ to: target.superuser, delayMs: DELAY_MS });
  const delayed = (spec: ConnectionSpec) => ({ ...spec, port: proxy.port });
  const [label, via] = process.argv.includes("--delay")
    ? (["delayed", delayed] as const)
    : (["loopback", (spec: ConnectionSpec) => spec] as const);
  const all: Took[] = [];
  while (all.length < rounds) all.push(await compare(label, all.length + 1, via));
  if (rounds > 1) console.log(`${label}, best of ${rounds}: ${inWords(best(all))}`);
  await proxy.close();
} finally {
  await ferry.stop();
  await Promise.all([source.stop(), target.stop(), metadata.stop()]);
  await rm(home, { recursive: true, force: true });
}
