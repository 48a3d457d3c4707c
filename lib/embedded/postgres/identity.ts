import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The user a server runs as. */
export interface Identity {
  uid: number;
  gid: number;
}

/** What most systems give `nobody`, for the ones without an `id` command. */
const NOBODY_ID = 65534;

let forRoot: Identity | undefined;

/** Postgres refuses to run as root: there its servers run as `nobody`. Everyone else is `null`, themselves. */
export function serverIdentity(): Identity | null {
  if (process.getuid?.() !== 0) return null;
  forRoot ??= nobodyInFile() ?? { uid: idOfNobody("-u"), gid: idOfNobody("-g") };
  return forRoot;
}

/** Most systems have this file, and a look into it is quicker than two programs. */
function nobodyInFile(): Identity | null {
  try {
    const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync("/etc/passwd", "utf8")) ?? [];
    return Number(uid) > 0 && Number(gid) > 0 ? { uid: Number(uid), gid: Number(gid) } : null;
  } catch {
    return null;
  }
}

function idOfNobody(flag: "-u" | "-g"): number {
  try {
    const id = Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
    return Number.isSafeInteger(id) && id > 0 ? id : NOBODY_ID;
  } catch {
    return NOBODY_ID;
  }
}
