import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { testServer } from "@/e2e/servers/test-servers";
import { withSession } from "@/lib/postgres/session";
import { dumpSchema } from "./index";

const script = vi.hoisted(() => ({ file: "" }));
vi.mock("./worker-file", () => ({ workerFile: () => script.file }));

const PG_DUMP_SESSIONS = `
  select 1 from pg_stat_activity where datname = current_database() and application_name like '%pg_dump%'`;

afterEach(() => rm(join(script.file, ".."), { recursive: true, force: true }));

it.each([
  ["dies at once", "process.exit(7);", "its worker ended early with code 7"],
  ["dies of an error", "throw new Error('no more');", "no more"],
  [
    "dies in the middle of a query",
    "import { parentPort } from 'node:worker_threads'; const sql = 'select pg_sleep(60)\\0';" +
      "const query = Buffer.alloc(5 + sql.length); query.write('Q'); query.writeInt32BE(4 + sql.length, 1); query.write(sql, 5);" +
      "parentPort.postMessage({ write: new Uint8Array(query) }); setTimeout(() => process.exit(9), 300);",
    "its worker ended early with code 9",
  ],
])("tells of a worker that %s, and leaves no session behind", async (_, source, reason) => {
  script.file = join(await mkdtemp(join(tmpdir(), "ferry-worker-")), "worker.mjs");
  await writeFile(script.file, source);
  const server = await testServer(testServer.versions(14, 18).at(-1) ?? 18);
  const { spec, drop } = await server.createDatabase("killed");
  await expect(dumpSchema({ spec, side: "source" })).rejects.toMatchObject({
    code: "schema.dump_failed",
    context: { reason },
  });
  const sessions = () =>
    withSession(spec, { side: "metadata", name: "ferry test" }, (client) => client.query(PG_DUMP_SESSIONS));
  await expect.poll(async () => (await sessions()).rowCount).toBe(0);
  await drop();
});
