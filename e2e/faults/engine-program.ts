import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleInto } from "@/bin/bundle.mjs";

export const PROJECT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

let made: Promise<string> | null = null;

/** The engine as one bundle, made once a process: each run starts some, and to load the sources takes ten times longer. */
export function engineProgram(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  // Among the packages, where those are found that are not part of it; bin/bundle.mjs removes old ones there.
  const folder = join(PROJECT, "node_modules", ".cache", "ferry", `engine-${randomUUID()}`);
  mkdirSync(folder, { recursive: true });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await bundleInto(PROJECT, folder, { engine: "e2e/faults/engine.ts" });
  return join(folder, "engine.cjs");
}
