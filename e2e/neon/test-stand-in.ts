import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { filesOf } from "@/e2e/servers/launch";
import { ownRunFolder } from "@/e2e/servers/test-folder";
import type { Version } from "@/e2e/servers/versions";
import { type NeonStandIn, type NeonStandInOptions, startNeonStandIn } from "@/lib/embedded/neon";
import { FAST_SETTINGS } from "@/lib/embedded/postgres";

export interface TestStandIn extends NeonStandIn {
  folder: string;
  /** Stops it and removes all it had. */
  remove(): Promise<void>;
}

type Options = Partial<Omit<NeonStandInOptions, "servers">> & { versions?: readonly Version[] };

/** Neon's API for a test: everything in a folder of the run, servers without `fsync`, operations as fast as they are. */
export async function testStandIn({ versions = [18], ...options }: Options = {}): Promise<TestStandIn> {
  const folder = options.folder ?? join(ownRunFolder(), `neon-${randomBytes(4).toString("hex")}`);
  const servers = Object.fromEntries(versions.map((version) => [version, () => filesOf(version)]));
  const standIn = await startNeonStandIn({ settings: FAST_SETTINGS, ...options, folder, servers });
  return {
    ...standIn,
    folder,
    remove: async () => {
      await standIn.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
