import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";

const HOST = "127.0.0.1";

/** A port nobody listens on; `wanted` if it is free. */
export async function freePort(wanted = 0): Promise<number> {
  return (wanted > 0 && (await tryPort(wanted))) || ((await tryPort(0)) as number);
}

async function tryPort(port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen({ port, host: HOST, exclusive: true });
    await once(server, "listening");
    const address = server.address();
    return address !== null && typeof address === "object" ? address.port : null;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (port !== 0 && (code === "EADDRINUSE" || code === "EACCES")) return null;
    throw error;
  } finally {
    server.close();
  }
}

/** The port of the last time, kept in `file`, so that a printed connection string stays true. */
export async function rememberedPort(file: string): Promise<number> {
  const port = Number(await readFile(file, "utf8").catch(() => "0"));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

export async function rememberPort(file: string, port: number): Promise<void> {
  await writeFile(file, String(port));
}
