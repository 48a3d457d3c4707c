import { createHash } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import { type Identity, serverIdentity } from "./identity";
import { pathChain } from "./path-chain";
import { choosePlace } from "./reach";

/** Folders of root's are entered by the server's user, and listed by nobody else. */
const folderMode = (identity: Identity | null) => (identity ? 0o711 : 0o700);

/** Makes a folder and its missing parents with the mode they need, whatever the umask. */
export function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made))
    chmodSync(made, folderMode(serverIdentity()));
}

/**
 * The folder for servers' data that is wanted at `wanted`: that one, or for root, when the servers' user cannot get
 * there, one of the system's that is named after `key`.
 */
export function serverPlace(wanted: string, key = wanted): string {
  const identity = serverIdentity();
  makeFolder(wanted);
  const name = createHash("sha256").update(key).digest("hex").slice(0, 12);
  const place = choosePlace(identity, { path: wanted, chain: pathChain(wanted) }, name);
  if (place === wanted) return wanted;
  const fallback = join(systemFolder(), name);
  makeFolder(fallback);
  return fallback;
}

function systemFolder(): string {
  const reasons: string[] = [];
  for (const path of ["/var/lib/ferry", join(tmpdir(), "ferry")]) {
    try {
      makeFolder(path);
      const { uid, mode } = lstatSync(path);
      // In a folder that others write to, a name that can be guessed may be somebody else's.
      if (uid === process.getuid?.() && (mode & 0o022) === 0) return path;
      reasons.push(`${path} belongs to someone else`);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new FerryError("embedded.server_failed", { reason: reasons.join("; ") });
}
