import { expect, it } from "vitest";
import { testServer } from "@/e2e/servers/test-servers";
import { closeSession, openSession, withSession } from "./session";
import { statementProgress } from "./statement-progress";

const SLOW = `
  create table t (id int);
  insert into t select generate_series(1, 20);
  create function slow(n int) returns int language plpgsql immutable as $$
    begin perform pg_sleep(0.05); return n; end $$`;

/** The first versions that tell of nothing, of indexes, and of statistics too. */
it.each([10, 12, 13].map((from) => testServer.versions(from, 18)[0] ?? 18))(
  "is asked of a server of version %i as far as it can tell",
  async (version) => {
    const server = await testServer(version);
    const { spec, drop } = await server.createDatabase("progress");
    const builder = await openSession(spec, { side: "target", name: "the builder" });
    await builder.query(SLOW);
    await withSession(spec, { side: "target", name: "the asker" }, async (asker) => {
      expect(await statementProgress(asker, "the builder")).toBeNull();
      const building = builder.query("create index on t (slow(id))");
      if (version < 12) expect(await statementProgress(asker, "the builder")).toBeNull();
      else {
        const said = () => statementProgress(asker, "the builder");
        await expect.poll(said, { interval: 20 }).toMatchObject({ phase: "scanning table" });
        expect(await statementProgress(asker, "somebody else")).toBeNull();
      }
      await building;
    });
    await closeSession(builder);
    await drop();
  },
);
