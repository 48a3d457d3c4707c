import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { type RunningServer, type StartOptions, startServer } from "./postgres";

const RESTART_DELAYS_MS = [200, 1_000, 5_000];

/** A server that is started again, at the same port, when it ends by itself. */
export interface KeptServer {
  superuser: ConnectionSpec;
  stop(): Promise<void>;
}

export async function keepServer(options: StartOptions, log: (line: string) => void): Promise<KeptServer> {
  let server: RunningServer = await startServer(options);
  let stopping = false;
  const { superuser, port } = server;

  const restart = async () => {
    for (let attempt = 0; !stopping; attempt++) {
      await sleep(RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)]);
      try {
        if (!stopping) server = await startServer({ ...options, port });
        return;
      } catch (error) {
        log(`Postgres does not start again: ${messageOf(error)}`);
      }
    }
  };
  const keep = async () => {
    while (!stopping) {
      await server.exited;
      if (stopping) return;
      log(`Postgres at port ${port} has ended; it is started again.`);
      await restart();
    }
  };
  const keeping = keep();

  return {
    superuser,
    stop: async () => {
      stopping = true;
      await server.stop();
      await keeping;
      // A restart that was under way when the stop came.
      await server.stop();
    },
  };
}
