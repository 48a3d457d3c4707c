import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { holderOf } from "./home-lock";
import { readPrivateJson, writePrivateJson } from "./private-json";

const runningSchema = z.object({
  pid: z.number(),
  /** Of the web app; a Ferry without one (the command line's) has none. */
  address: z.string().nullable(),
  /** What the web process was given, secrets included. */
  environment: z.record(z.string(), z.string()),
  startedAt: z.string(),
});

/** How another process joins a running Ferry: the same database, engine and keys. */
export type RunningFerry = z.infer<typeof runningSchema>;

const runningPath = (homePath: string) => join(homePath, "running.json");

export async function writeRunning(homePath: string, running: RunningFerry): Promise<void> {
  await writePrivateJson(runningPath(homePath), running);
}

export async function removeRunning(homePath: string): Promise<void> {
  await rm(runningPath(homePath), { force: true });
}

/** The Ferry that runs on this home now, or null; a file that a killed one left is not believed. */
export async function runningFerry(homePath: string): Promise<RunningFerry | null> {
  const holder = await holderOf(join(homePath, "lock"));
  return holder?.state === "running" ? readPrivateJson(runningPath(homePath), runningSchema) : null;
}

const POLL_MS = 200;

/** For whoever finds a home held: the address once its Ferry is up, or null when that does not happen. */
export async function waitUntilRunning(homePath: string, limitMs = 120_000): Promise<string | null> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await sleep(POLL_MS)) {
    const holder = await holderOf(join(homePath, "lock"));
    if (holder?.state === "running") return holder.address ?? null;
    if (holder?.state !== "starting") return null;
  }
  return null;
}
