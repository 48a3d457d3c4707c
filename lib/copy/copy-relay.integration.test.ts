import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProxy } from "@/e2e/servers/tcp-proxy";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { closeSession, openSession, withSession } from "@/lib/postgres/session";
import { CopyBroken, relayCopy } from "./copy-relay";

const SETUP = `
  create function refuse() returns trigger language plpgsql as $$
    begin if new.n = 3 then raise exception 'no room' using errcode = '53100'; end if; return new; end $$;`;
const STATEMENTS = { out: "copy sent to stdout", in: "copy received from stdin" };
const RATE = 1_000_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await (await testServer(18)).createDatabase("relay");
  await run(SETUP);
});
afterAll(() => database.drop());

const run = (sql: string) =>
  withSession(database.spec, { side: "metadata", name: "test" }, (client) => client.query(sql));

/** Rows of so many bytes over a slow line, so that a frame is under way whenever something breaks. */
async function scene(rowBytes: number) {
  const rows = Math.ceil((RATE * 3) / rowBytes);
  await run(`drop table if exists sent, received; create table sent as
    select n, repeat('x', ${rowBytes}) as pad from generate_series(1, ${rows}) n; create table received (like sent)`);
  const line = await startProxy({ to: database.spec });
  line.bytesPerSecond = RATE;
  const [source, target] = await Promise.all([
    openSession({ ...database.spec, port: line.port }, { side: "source", name: "test" }),
    openSession(database.spec, { side: "target", name: "test" }),
  ]);
  await target.query("begin");
  const close = async () => {
    await Promise.all([closeSession(source), closeSession(target)]);
    await line.close();
  };
  const broken = () =>
    relayCopy({ source, target, onBytes: () => 0 }, STATEMENTS).then(
      () => "not broken",
      (error: unknown) => error,
    );
  /** Whatever became of the target's session, it does not keep its user waiting, and it has kept nothing. */
  const givesUp = async () => {
    const rollback = target.query("rollback").then(
      () => "answers",
      () => "has ended",
    );
    expect(await Promise.race([rollback, sleep(3_000, "is stuck")])).toMatch(/answers|has ended/);
    const { rows: left } = await run("select count(*)::int as count from received");
    expect(left).toEqual([{ count: 0 }]);
  };
  return { line, broken, givesUp, close };
}

it("brings what was sent to a target that takes it slowly, since nothing is read over what is still to be written", async () => {
  const rows = 400_000;
  await run(`drop table if exists sent, received; create table sent as
    select n, md5(n::text) as pad from generate_series(1, ${rows}) n; create table received (like sent)`);
  const line = await startProxy({ to: database.spec });
  line.bytesPerSecond = 8 * RATE;
  const [source, target] = await Promise.all([
    openSession(database.spec, { side: "source", name: "test" }),
    openSession({ ...database.spec, port: line.port }, { side: "target", name: "test" }),
  ]);
  const relayed = await relayCopy({ source, target, onBytes: () => 0 }, STATEMENTS);
  expect(relayed).toMatchObject({ sent: rows, received: rows });
  const { rows: differing } = await run("select * from sent except select * from received limit 5");
  expect(differing).toEqual([]);
  // The session's own buffer is nobody's but its own again.
  expect((await source.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await Promise.all([closeSession(source), closeSession(target)]);
  await line.close();
});

describe.each([300, 50_000, 700_000])("a copy of rows of %i bytes that breaks in the middle of one", (rowBytes) => {
  it("because the source is gone, says so and lets the target go", async () => {
    const { line, broken, givesUp, close } = await scene(rowBytes);
    const ended = broken();
    await sleep(700);
    line.cutAll();
    expect(await ended).toMatchObject({ side: "source" });
    expect(await ended).toBeInstanceOf(CopyBroken);
    await givesUp();
    await close();
  });

  it("because the target refuses a row, says so and lets it go", async () => {
    const { broken, givesUp, close } = await scene(rowBytes);
    await run("create trigger refuse before insert on received for each row execute function refuse()");
    expect(await broken()).toMatchObject({ side: "target", cause: { code: "53100" } });
    await givesUp();
    await close();
  });
});
