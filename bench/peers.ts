import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Version } from "@/e2e/servers/versions";
import type { Absent, Contender } from "./contender";
import { runProgram } from "./program";

/** A script for sh with both ends in its environment, as one would type it. */
async function shell(script: string, ends: { source: string; target: string; folder: string }): Promise<number> {
  const env = { ...process.env, SOURCE: ends.source, TARGET: ends.target, DUMP: join(ends.folder, "dump") };
  return (await runProgram("sh", ["-ec", script], { env })).seconds;
}

/** What others use, where it is installed; a peer is never guessed at. */
export function findPeers(jobs: number, from: Version): (Contender | Absent)[] {
  const dump = dumpVersion(from);
  const pipe = "pg_dump -Fc -Z0 | pg_restore";
  const parallel = `pg_dump -Fd -j${jobs} -Z1, pg_restore -j${jobs}`;
  if ("absent" in dump) return [pipe, parallel, "pgcopydb"].map((name) => ({ name, ...dump }));
  return [
    {
      name: pipe,
      ...dump,
      // A dump that breaks off has no end, which pg_restore tells.
      copy: async (ends) => ({
        seconds: await shell('pg_dump -Fc -Z0 -d "$SOURCE" | pg_restore -d "$TARGET"', ends),
      }),
    },
    {
      name: parallel,
      ...dump,
      copy: async (ends) => ({
        seconds: await shell(
          `pg_dump -Fd -j${jobs} -Z1 -f "$DUMP" -d "$SOURCE"; pg_restore -j${jobs} -d "$TARGET" "$DUMP"`,
          ends,
        ),
      }),
    },
    pgcopydbPeer(jobs),
  ];
}

function pgcopydbPeer(jobs: number): Contender | Absent {
  const name = "pgcopydb";
  const version = firstLine("pgcopydb", ["--version"]);
  if (version === null) return { name, absent: "not installed" };
  const help = said("pgcopydb", ["clone", "--help"], "2>&1") ?? "";
  const skipVacuum = help.includes("--skip-vacuum") ? " --skip-vacuum" : "";
  const options = `--table-jobs ${jobs} --index-jobs ${jobs} --split-tables-larger-than 100MB${skipVacuum}`;
  return {
    name,
    version: `${version}, clone ${options}`,
    copy: async (ends) => ({
      seconds: await shell(`pgcopydb clone --dir "$DUMP" --source "$SOURCE" --target "$TARGET" ${options}`, ends),
    }),
  };
}

/** pg_dump refuses a server that is newer than itself. */
function dumpVersion(from: Version): { version: string } | { absent: string } {
  const version = firstLine("pg_dump", ["--version"]);
  if (version === null || firstLine("pg_restore", ["--version"]) === null) return { absent: "not installed" };
  const major = Number(/\) (\d+)/.exec(version)?.[1]);
  return major >= from ? { version } : { absent: `${version} is older than the source` };
}

const firstLine = (command: string, args: string[]) =>
  said(command, args, "2>/dev/null")?.split("\n")[0]?.trim() ?? null;

/** What a program says of itself; null when there is no such program. */
function said(command: string, args: string[], redirect: "2>&1" | "2>/dev/null"): string | null {
  try {
    const script = `command -v ${command} >/dev/null && ${command} ${args.join(" ")} ${redirect}`;
    return execFileSync("sh", ["-c", script], { encoding: "utf8" });
  } catch {
    return null;
  }
}
