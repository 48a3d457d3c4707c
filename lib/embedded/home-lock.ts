import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { link, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { isAlive } from "./postgres";

const HOST = "127.0.0.1";
const ANSWER_LIMIT_MS = 2_000;
const TURN_POLL_MS = 20;
const TURN_LIMIT_MS = 10_000;

const holderSchema = z.object({
  pid: z.number(),
  state: z.enum(["starting", "running", "stopping"]),
  /** Of the web app, once it is up. */
  address: z.string().optional(),
});

/** Who holds a home, as it says itself. */
export type LockHolder = z.infer<typeof holderSchema>;

const lockFileSchema = z.object({ port: z.number(), token: z.string(), pid: z.number() });

type LockFile = z.infer<typeof lockFileSchema>;

const UNREADABLE: LockFile = { port: 0, token: "", pid: 0 };

export interface HomeLock {
  announce(holder: Partial<LockHolder>): void;
  release(): Promise<void>;
}

/**
 * A lock that a killed process cannot leave behind: the file names a loopback port at which its holder answers to a
 * secret word. No answer, no holder; a process number alone would prove nothing after a reboot or in a container.
 */
export async function acquireLock(path: string): Promise<{ lock: HomeLock } | { heldBy: LockHolder }> {
  const token = randomBytes(16).toString("hex");
  const desk = await openDesk(token);
  const mine = `${path}.${token}`;
  await writeFile(mine, JSON.stringify({ port: desk.port, token, pid: process.pid } satisfies LockFile), {
    mode: 0o600,
  });
  try {
    for (;;) {
      if (await linked(mine, path)) return { lock: { announce: desk.announce, release: () => release(path, desk) } };
      const heldBy = await holderOf(path);
      if (heldBy) {
        desk.close();
        return { heldBy };
      }
    }
  } catch (error) {
    desk.close();
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

/** Who holds the lock, or null; a file without a living holder is taken away. */
export async function holderOf(path: string): Promise<LockHolder | null> {
  const file = await readLock(path);
  if (!file) return null;
  const holder = await ask(file);
  if (!holder) await removeDead(path, file);
  return holder;
}

async function release(path: string, desk: Desk): Promise<void> {
  await rm(path, { force: true });
  desk.close();
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function readLock(path: string): Promise<LockFile | null> {
  try {
    const parsed = lockFileSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    return parsed.success ? parsed.data : UNREADABLE;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (error instanceof SyntaxError) return UNREADABLE;
    throw error;
  }
}

/**
 * Many may find the same dead lock, and the slower ones must not remove what the fastest has put in its place. Only
 * who has the turn for this very lock removes it; as its holder is dead, nobody else does meanwhile.
 */
async function removeDead(path: string, dead: LockFile): Promise<void> {
  const turn = `${path}.dead-${dead.token || "unreadable"}`;
  if (!(await takeTurn(turn))) {
    await sleep(TURN_POLL_MS);
    return;
  }
  try {
    if ((await readLock(path))?.token === dead.token) await rm(path, { force: true });
  } finally {
    await rm(turn, { force: true });
  }
}

/** A turn is over in a moment: one that is older was left by a process that died in it. */
async function takeTurn(turn: string): Promise<boolean> {
  try {
    await (await open(turn, "wx")).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const taken = await stat(turn).catch(() => null);
    if (taken && Date.now() - taken.mtimeMs > TURN_LIMIT_MS) await rm(turn, { force: true });
    return false;
  }
}

async function ask({ port, token, pid }: LockFile): Promise<LockHolder | null> {
  if (port === 0) return null;
  try {
    const response = await fetch(`http://${HOST}:${port}/${token}`, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return holderSchema.parse(await response.json());
  } catch (error) {
    // Silence is not absence: a holder that loads its modules on a busy machine answers late.
    if (error instanceof Error && error.name === "TimeoutError" && isAlive(pid)) return { pid, state: "starting" };
    // Nothing there, or some other program with the port of a dead holder.
    return null;
  }
}

interface Desk {
  port: number;
  announce(holder: Partial<LockHolder>): void;
  close(): void;
}

async function openDesk(token: string): Promise<Desk> {
  let holder: LockHolder = { pid: process.pid, state: "starting" };
  const server: Server = createServer((request, response) => {
    response.shouldKeepAlive = false;
    if (request.url !== `/${token}`) return response.writeHead(404).end();
    return response.end(JSON.stringify(holder));
  });
  server.listen(0, HOST);
  await once(server, "listening");
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    announce: (news) => {
      holder = { ...holder, ...news };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
