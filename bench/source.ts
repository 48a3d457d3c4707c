import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Version } from "@/e2e/servers/versions";
import type { RunningServer } from "@/lib/embedded/postgres";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import type { Shape } from "./arguments";
import { benchFolder } from "./place";
import { freshDatabase, inDatabase, SOURCE_DATABASE, startServer } from "./servers";

export interface Source {
  server: RunningServer;
  spec: ConnectionSpec;
  /** Stops the server; its data stays only when that is wanted. */
  end(options: { keep: boolean }): Promise<void>;
}

/** Starts the server with the data that is copied: what an earlier call kept if it is just that, or built now. */
export async function openSource(version: Version, shape: Shape, say: (line: string) => void): Promise<Source> {
  const dataDir = join(benchFolder(), "source");
  const markPath = `${dataDir}.built`;
  const script = await readFile(scriptPath(shape), "utf8");
  const mark = createHash("sha256").update(JSON.stringify({ version, shape, script, SOURCE_DATABASE })).digest("hex");
  const kept = existsSync(markPath) && (await readFile(markPath, "utf8")) === mark;
  const remove = async () => {
    await rm(markPath, { force: true });
    await rm(dataDir, { recursive: true, force: true });
  };
  if (!kept) await remove();
  const server = await startServer(version, dataDir);
  const end = async ({ keep }: { keep: boolean }) => {
    await server.stop();
    if (!keep) await remove();
  };
  try {
    if (!kept) {
      say("Building the source ...");
      await build(await freshDatabase(server, SOURCE_DATABASE), shape, script);
      await writeFile(markPath, mark);
    }
    return { server, spec: inDatabase(server, SOURCE_DATABASE), end };
  } catch (error) {
    await end({ keep: false });
    throw error;
  }
}

const scriptPath = ({ kind }: Shape) =>
  fileURLToPath(new URL(kind === "shop" ? "dataset.sql" : "small-tables.sql", import.meta.url));

async function build(spec: ConnectionSpec, shape: Shape, script: string): Promise<void> {
  const [name, value] = shape.kind === "shop" ? ["bench.scale", shape.scale] : ["bench.tables", shape.tables];
  await withSession(spec, { side: "metadata", name: "ferry bench" }, async (client) => {
    await client.query("select set_config($1, $2, false)", [name, String(value)]);
    await client.query(script);
    // Otherwise whoever reads first would write for all who follow, and autovacuum would come when it likes.
    await client.query("vacuum (analyze)");
    await client.query("checkpoint");
  });
}
