import { execFileSync } from "node:child_process";

/** The process that serves pages, which a Ferry's supervisor has started; Next renames itself. */
export function webProcessOf(supervisor: number): number {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  for (const line of lines) {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === supervisor && /next/.test(command)) return Number(pid);
  }
  throw new Error("No process serves pages.");
}
