import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { digests, digestsIn, inSession, makeScene, query, type Scene } from "@/e2e/imports/scene";

const ACCOUNTS = 1_000;
const WRITERS = 20;
/** How often the snapshot is handed over grows with this: E2E_SLOWER=5 makes dozens of it. */
const SLOWER = Number(process.env.E2E_SLOWER ?? 1);
const HAND_OVERS = 5 * SLOWER;

const BALLAST = Array.from({ length: 10 }, (_, index) => `ballast_${index + 1}`);
/** A unit takes most of a second at this rate, and the import some ten steps. */
const BYTES_PER_SECOND = 6_000_000 / SLOWER;

/**
 * Money moves between accounts. Accounts are the largest and are read first, transfers are small and are read last,
 * and the ballast in between takes long enough for many hand-overs.
 */
const SOURCE_SQL = `
  create table public.accounts (id int primary key, balance int not null, papers text);
  alter table public.accounts alter column papers set storage external;
  insert into public.accounts select n, 1000, repeat(md5(n::text), 160) from generate_series(1, ${ACCOUNTS}) n;
  create table public.transfers (id bigserial primary key, payer int not null, payee int not null, amount int not null);
  ${BALLAST.map(
    (name) => `
  create table public.${name} (id int primary key, note text);
  insert into public.${name} select n, repeat(md5(n::text), 30) from generate_series(1, 4700) n;`,
  ).join("")}`;

/** What each account should have by the transfers, against what it has. Empty in any one moment, and in no mix of two. */
const WRONG_ACCOUNTS = `
  select a.id, a.balance
    from public.accounts a
    left join (select payer as id, sum(amount) as sum from public.transfers group by 1) out using (id)
    left join (select payee as id, sum(amount) as sum from public.transfers group by 1) into_it using (id)
   where a.balance <> 1000 - coalesce(out.sum, 0) + coalesce(into_it.sum, 0)`;

const TABLES = ["accounts", "transfers", ...BALLAST].map((name) => `public.${name}`);

let ferry: FerryRig;
let scene: Scene;
let writing: boolean;
let writers: Promise<void>[];

beforeAll(async () => {
  ferry = await startFerry();
});
afterAll(() => ferry?.stop());

beforeEach(async () => {
  scene = await makeScene(SOURCE_SQL);
  writing = true;
  writers = Array.from({ length: WRITERS }, () => inSession(scene.source.spec, (client) => transfer(client)));
});
afterEach(async () => {
  writing = false;
  await Promise.allSettled(writers);
  await scene?.close();
});

async function transfer(client: { query(sql: string, values: unknown[]): Promise<unknown> }): Promise<void> {
  const anyone = () => 1 + Math.floor(Math.random() * ACCOUNTS);
  while (writing) {
    const [payer, payee] = [anyone(), anyone()].sort((left, right) => left - right);
    await client.query(
      `with paid as (insert into public.transfers (payer, payee, amount) values ($1, $2, $3)),
            change (id, sum) as (select $1::int, -$3::int union all select $2::int, $3::int),
            totals as (select id, sum(sum) as sum from change group by id)
       update public.accounts a set balance = balance + t.sum from totals t where t.id = a.id`,
      [payer, payee, 1 + Math.floor(Math.random() * 50)],
    );
    await sleep(WRITERS * 2);
  }
}

/** What the import's snapshot shows of every table, whoever holds it just then. */
async function seenBySnapshot(id: string): Promise<Record<string, string>> {
  return inSession(scene.source.spec, async (client) => {
    for (let attempt = 1; ; attempt++) {
      const [holder] = await query<{ snapshot: string }>(
        ferry.metadata.spec,
        "select snapshot from snapshot_holders where import_id = $1 and released_at is null order by generation desc",
        [id],
      );
      try {
        await client.query(
          `begin isolation level repeatable read read only; set transaction snapshot '${holder?.snapshot}'`,
        );
        return await digestsIn(client, TABLES);
      } catch (error) {
        // Handed over just now: the next name is written down already.
        if (attempt === 10) throw error;
        await client.query("rollback");
      }
    }
  });
}

describe("steps of two seconds while the source is written to", () => {
  it("bring the state of one moment, however often the snapshot is handed over", async () => {
    scene.line.bytesPerSecond = BYTES_PER_SECOND;
    const id = await ferry.create(scene.lineUrl, scene.target.url, { stepBudgetSeconds: 2, lanes: 2 });
    await ferry.start(id);
    const copying = await ferry.until(id, "copying", ({ tables }) => tables.some(({ bytesDone }) => bytesDone > 0));
    const seen = await seenBySnapshot(id);
    const later = await ferry.until(
      id,
      "further",
      ({ progress }) => progress.fraction > copying.progress.fraction + 0.2,
    );
    expect(later.snapshotHeldSince).toBe(copying.snapshotHeldSince);
    expect(copying.snapshotHeldSince).not.toBeNull();
    const view = await ferry.waitForEnd(id);
    expect(view.snapshotHeldSince).toBeNull();
    expect(view.error).toBeNull();
    expect(view).toMatchObject({ status: "succeeded", verification: { status: "equal", differences: [] } });
    expect(view.events.map(({ kind }) => kind)).not.toContain("snapshot.new");

    const holders = await query<{ generation: number }>(
      ferry.metadata.spec,
      "select distinct generation from snapshot_holders where import_id = $1",
      [id],
    );
    expect(holders.length).toBeGreaterThanOrEqual(HAND_OVERS);
    expect(await digests(scene.target.spec, TABLES)).toEqual(seen);
    const [moved] = await query<{ transfers: number }>(
      scene.target.spec,
      "select count(*)::int as transfers from public.transfers",
    );
    expect(moved?.transfers).toBeGreaterThan(0);
    expect(await query(scene.target.spec, WRONG_ACCOUNTS)).toEqual([]);
    const [sum] = await query(scene.target.spec, "select sum(balance)::int as sum from public.accounts");
    expect(sum).toEqual({ sum: ACCOUNTS * 1000 });
    // The source did move on meanwhile: otherwise this would show nothing.
    const [now] = await query<{ transfers: number }>(
      scene.source.spec,
      "select count(*)::int as transfers from public.transfers",
    );
    expect(now?.transfers).toBeGreaterThan((moved?.transfers ?? 0) + 100);
  });
});
