import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type FerryRig, QUICK_RETRIES, startFerry } from "@/e2e/imports/ferry-rig";
import { inSession, makeScene, query, type Scene } from "@/e2e/imports/scene";
import { testServer } from "@/e2e/servers/test-servers";
import { tableComparisonSchema } from "@/lib/verify/data-difference";

const ROWS = 20_000;
const SOURCE_SQL = ["orders", "notes"]
  .map(
    (name) => `
  create table public.${name} (id int primary key, note text);
  insert into public.${name} select n, repeat(md5(n::text), 3) from generate_series(1, ${ROWS}) n;`,
  )
  .join("");

/** Comparisons are not begun before the test says so. */
const HOLD = `
  create function hold() returns trigger language plpgsql as $$
    begin new.retry_at = now() + interval '1 day'; return new; end $$;
  create trigger hold before insert on units for each row when (new.kind = 'verify') execute function hold()`;
const LET_GO = "drop trigger hold on units; update units set retry_at = null where kind = 'verify'";

let ferry: FerryRig;
let scene: Scene;

beforeAll(async () => {
  ferry = await startFerry({ tuning: QUICK_RETRIES });
});
afterAll(() => ferry?.stop());
afterEach(async () => {
  await query(ferry.metadata.spec, "drop trigger if exists hold on units; drop trigger if exists overrun on units");
  await scene?.close();
});

const units = <Row>(importId: string, what: string, where: string): Promise<Row[]> =>
  query<Row>(ferry.metadata.spec, `select ${what} from units where import_id = $1 and ${where} order by id`, [
    importId,
  ]);

it("checksums that do not fit into a step are cut and added up, and rows that differ are found and named", async () => {
  scene = await makeScene(SOURCE_SQL);
  await query(ferry.metadata.spec, HOLD);
  const id = await ferry.create(scene.source.url, scene.target.url, { stepBudgetSeconds: 3, lanes: 2 });
  await ferry.start(id);
  await ferry.until(id, "copied", ({ tables }) => tables.length === 2 && tables.every(({ state }) => state === "done"));
  const toBeDone = () => units(id, "id", "kind not in ('verify', 'post') and state <> 'done'");
  await expect.poll(toBeDone, { timeout: 60_000 }).toEqual([]);
  // Of one table each, and broken off by the end of a step.
  const overrun = () =>
    units(id, "id", "kind = 'verify' and overruns > 0 and jsonb_array_length(payload->'tables') = 1");

  // However long it takes, it is not done before the lock is gone.
  await inSession(scene.target.spec, async (client) => {
    await client.query("begin");
    await client.query("lock table public.orders, public.notes in access exclusive mode");
    await client.query("delete from public.orders where id = 777");
    await client.query("update public.notes set note = note || ' ' where id = 4321");
    await query(ferry.metadata.spec, LET_GO);
    await expect.poll(overrun, { timeout: 60_000, interval: 100 }).toHaveLength(2);
    await client.query("commit");
  });
  const view = await ferry.waitForEnd(id);
  expect(view).toMatchObject({
    status: "differences",
    error: { code: "verify.differences" },
    verification: {
      compared: 2,
      differences: [
        { kind: "values", subject: "public.notes", detail: "rows: 1 different; (id) = (4321) is different in note" },
        {
          ...{ kind: "rows", subject: "public.orders", source: String(ROWS), target: String(ROWS - 1) },
          detail: "rows: 1 missing; (id) = (777) is missing on the target",
        },
      ],
    },
  });
  const counted = view.tables.map((table) => table.counted);
  expect(counted).toContainEqual({ source: ROWS, target: ROWS, valuesDiffer: true });

  const counts = await units<{ side: string; rows: number; state: string }>(
    id,
    "payload->>'side' as side, (result->>'rows')::int as rows, state",
    "kind = 'count' and subject like 'public.notes on the %, part %'",
  );
  expect(new Set(counts.map(({ state }) => state))).toEqual(new Set(["done"]));
  for (const side of ["source", "target"]) {
    const rows = counts.filter((count) => count.side === side).map((count) => count.rows);
    expect(rows).toHaveLength(8);
    expect(Math.max(...rows)).toBeLessThan(ROWS / 2);
    expect(rows.reduce((sum, one) => sum + one, 0)).toBe(ROWS);
  }
  const said = view.events.filter(({ kind }) => kind === "unit.split").map(({ message }) => message);
  expect(said).toContain("The rows of public.notes are counted in 16 parts.");
  expect(view.events.map(({ kind }) => kind)).not.toContain("unit.retry");
  expect(view.events.filter(({ kind }) => kind === "rows.differ").map(({ message }) => message)).toContainEqual(
    "public.orders differs: rows: 1 missing; (id) = (777) is missing on the target",
  );
  const compared = await units<{ compared: unknown[] }>(id, "result->'compared' as compared", "kind = 'verify'");
  const stored = compared.map((unit) => tableComparisonSchema.array().parse(unit.compared));
  expect(stored.flat().map(({ level, difference }) => [level, difference?.named.length])).toEqual([
    ["checksums", 1],
    ["checksums", 1],
  ]);
});

/** As if one table's comparison had overrun a step, and then its count on the target too. */
const OVERRUN = `
  create function overrun() returns trigger language plpgsql as $$
    begin new.overruns = 1; return new; end $$;
  create trigger overrun before insert on units for each row
    when (new.subject like 'public.orders%' and (new.kind = 'verify' or new.payload->>'side' = 'target'))
    execute function overrun()`;

const isOldThere = testServer.available(10) && testServer.available(13);

it.skipIf(!isOldThere)("servers that cannot read ranges of pages count by key, and whole on the target", async () => {
  const [orders = ""] = SOURCE_SQL.split(/(?=create table public.notes)/);
  scene = await makeScene(`${orders} analyze`, await testServer(10), await testServer(13));
  await query(ferry.metadata.spec, OVERRUN);
  const id = await ferry.run(scene.source.url, scene.target.url, { stepBudgetSeconds: 10 });
  const view = await ferry.view(id);
  expect(view.error).toBeNull();
  expect(view).toMatchObject({ status: "succeeded", verification: { compared: 1, differences: [] } });
  expect(view.tables).toMatchObject([{ counted: { source: ROWS, target: ROWS } }]);

  const onTarget = await units(id, "result, detached_at is not null as alone", "payload->>'side' = 'target'");
  const sum = expect.stringMatching(/^-?\d+$/);
  expect(onTarget).toEqual([{ result: { rows: ROWS, bytes: 0, sum }, alone: true }]);
  const onSource = await units<{ column: string; rows: number }>(
    id,
    "payload->'range'->>'column' as column, (result->>'rows')::int as rows",
    "payload->>'side' = 'source'",
  );
  expect(onSource).toHaveLength(8);
  expect(new Set(onSource.map(({ column }) => column))).toEqual(new Set(["id"]));
  expect(Math.max(...onSource.map(({ rows }) => rows))).toBeLessThan(ROWS / 2);
});
