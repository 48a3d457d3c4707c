import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "inngest/node";
import { inngest } from "./client";
import { functions } from "./functions";

const STEP_PATIENCE_MS = 5_000;

/** Serves the functions over HTTP on loopback, for a process without the web app: the command line, and tests. */
export async function serveFunctions(port = 0): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(serve({ client: inngest, functions }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/api/inngest`,
    stop: () =>
      new Promise((resolve) => {
        // A step under way records what it did before the database goes.
        const patience = setTimeout(() => server.closeAllConnections(), STEP_PATIENCE_MS);
        server.close(() => {
          clearTimeout(patience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
