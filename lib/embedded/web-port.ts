import { request } from "node:http";
import { connect } from "node:net";
import { FerryError } from "@/lib/errors/ferry-error";
import { freePort, rememberedPort, rememberPort } from "./postgres";

const DEFAULT_PORT = 3_000;
const DIAL_LIMIT_MS = 500;
const PAGE_LIMIT_MS = 120_000;

/** `PORT` if it is set, else 3000, else the port of the last time, else any. */
export async function webPort(wanted: string | undefined, rememberedIn: string): Promise<number> {
  const port = await chosenPort(wanted, rememberedIn);
  await rememberPort(rememberedIn, port);
  return port;
}

async function chosenPort(wanted: string | undefined, rememberedIn: string): Promise<number> {
  if (wanted) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new FerryError("input.invalid", { reason: `PORT is ${wanted}, which is not a port` });
    }
    if (port !== 0 && !(await isFree(port))) throw new FerryError("embedded.port_taken", { port });
    return freePort(port);
  }
  for (const port of [DEFAULT_PORT, await rememberedPort(rememberedIn)]) if (port && (await isFree(port))) return port;
  return freePort();
}

/** Listening alone would not tell: on macOS a program on all addresses leaves 127.0.0.1 free to take. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ["127.0.0.1", "::1"]) if (await isAnswered(host, port)) return false;
  return (await freePort(port)) === port;
}

async function isAnswered(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: DIAL_LIMIT_MS });
    const settle = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}

/** The status of the first page, or null while nothing answers there. */
export async function pageStatus(host: string, port: number, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path: "/", agent: false, timeout: PAGE_LIMIT_MS, signal }, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    asked.once("timeout", () => asked.destroy(new Error("timeout")));
    asked.once("error", () => resolve(null));
    asked.end();
  });
}
