import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { privateServer, testServer } from "@/e2e/servers/test-servers";
import { serverIdentity } from "@/lib/embedded/postgres/identity";
import { explain, toStored } from "@/lib/errors/describe";
import type { ConnectionSpec } from "./connection-spec";
import { closeSession, openSession, withSession } from "./session";

const options = { side: "source", name: "ferry test" } as const;

/** What a person reads, once the server has something to say; until then it refuses, or still lets in. */
async function sentence(spec: ConnectionSpec): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(20)) {
    const opened = await openSession(spec, options).catch((error: unknown) => explain(toStored(error)));
    if (!("code" in opened)) await closeSession(opened);
    else if (opened.code !== "connect.refused" && opened.code !== "connect.not_postgres") return opened.what;
  }
  throw new Error("The server has said nothing.");
}

it.skipIf(!testServer.available(18))(
  "a server that shuts down or starts up says which, and one on this machine may be met at its socket",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "ferry-socket-"));
    const identity = serverIdentity();
    if (identity) chownSync(folder, identity.uid, identity.gid);
    // Archive recovery asks for segments by this, and lets nobody in meanwhile.
    const settings = { restore_command: "sleep 3; exit 1", unix_socket_directories: folder };
    const server = await privateServer(18, { settings });
    try {
      const { superuser } = server;
      const dataDir = await withSession(superuser, options, async (client) => {
        const { rows } = await client.query<{ data_directory: string }>("show data_directory");
        return rows[0]?.data_directory ?? "";
      });
      const found = await withSession({ ...superuser, host: folder }, options, (client) =>
        client.query("select inet_client_addr() as address"),
      );
      expect(found.rows).toEqual([{ address: null }]);

      const place = `${superuser.host}:${superuser.port}`;
      const session = await openSession(superuser, options);
      // A smart shutdown: it waits for the session.
      process.kill(Number(readFileSync(join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]), "SIGTERM");
      expect(await sentence(superuser)).toBe(`The source server at ${place} is shutting down.`);
      await closeSession(session);
      await server.stop();

      const signal = join(dataDir, "recovery.signal");
      writeFileSync(signal, "");
      const { uid, gid } = statSync(dataDir);
      chownSync(signal, uid, gid);
      const started = server.start();
      expect(await sentence(superuser)).toBe(`The source server at ${place} is starting up.`);
      await started;
    } finally {
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
