import { join } from "node:path";
import { messageOf } from "@/lib/errors/ferry-error";
import { holdSecrets, redact } from "@/lib/security/redact";
import type { Home } from "./home";
import type { Secrets } from "./home-secrets";
import { openLog } from "./part-log";
import { packageDir, serverFiles, serverPackage } from "./postgres";
import type { Unwind } from "./unwind";

export interface StackNeonOptions {
  serversDir: string;
  secrets: Secrets;
  home: Home;
  say: (line: string) => void;
  unwind: Unwind;
}

/** Of which Postgres versions a project may be, where npm has brought them. */
const VERSIONS = [18, 17];

export interface StackNeon {
  url: string;
  apiKey: string;
  versions: readonly number[];
  /** Brings back the servers of its branches, which otherwise the first question does. */
  wake(): void;
}

/**
 * Neon's API on this machine, for who has no account there. It has no project until somebody makes one, so that the
 * start waits for no server. Null, and said, when it cannot be had: the rest works without it.
 */
export async function startStackNeon(options: StackNeonOptions): Promise<StackNeon | null> {
  const { serversDir, secrets, home, say, unwind } = options;
  const log = openLog(home.log("neon"));
  try {
    const { startNeonStandIn } = await import("./neon");
    const versions = VERSIONS.filter((major) => packageDir(serverPackage(major)) !== null);
    const copiesDir = join(serversDir, "programs");
    holdSecrets([secrets.neonApiKey]);
    const standIn = await startNeonStandIn({
      folder: join(serversDir, "neon"),
      servers: Object.fromEntries(versions.map((major) => [major, () => serverFiles({ major, copiesDir })])),
      apiKeys: [{ key: secrets.neonApiKey }],
      wakes: "when-asked",
      log: log.line,
    });
    await unwind.add(async () => {
      await standIn.stop();
      log.close();
    });
    log.line(`Neon's API is answered at ${standIn.baseUrl}.`);
    return { url: standIn.baseUrl, apiKey: standIn.apiKey, versions, wake: standIn.wake };
  } catch (error) {
    if (unwind.signal.aborted) throw error;
    log.line(`Neon's API is not there: ${redact(messageOf(error))}`);
    say(`The local Neon projects are not there (${redact(messageOf(error))}). Everything else works.`);
    return null;
  }
}
