import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { type Faults, pump } from "./tcp-pump";

const HOST = "127.0.0.1";

export interface ProxyOptions extends Partial<Faults> {
  to: { host: string; port: number };
}

/** Starts a line to a server that misbehaves on request. */
export async function startProxy({ to, ...faults }: ProxyOptions): Promise<TcpProxy> {
  const proxy = new TcpProxy(to);
  Object.assign(proxy, faults);
  await proxy.refuse(false);
  return proxy;
}

/** Its faults are plain fields; a change holds for open connections too. */
export class TcpProxy implements Faults {
  readonly host = HOST;
  delayMs = 0;
  bytesPerSecond = Number.POSITIVE_INFINITY;
  blackHole = false;

  /** Connections ever accepted. */
  accepted = 0;
  private listeningPort = 0;
  private server: Server | null = null;
  private readonly pairs = new Set<[Socket, Socket]>();

  constructor(private readonly to: ProxyOptions["to"]) {}

  get port(): number {
    return this.listeningPort;
  }

  /** Connections open now. */
  get open(): number {
    return this.pairs.size;
  }

  /** With true nobody listens on the port any more; open connections go on. */
  async refuse(refused: boolean): Promise<void> {
    if (refused) {
      this.server?.close();
      this.server = null;
    } else if (!this.server) {
      this.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.carry(client));
      this.server.listen(this.listeningPort, HOST);
      await once(this.server, "listening");
      this.listeningPort = (this.server.address() as { port: number }).port;
    }
  }

  /** Breaks every open connection with a reset, as a crashed machine or a firewall does. */
  cutAll(): void {
    for (const pair of this.pairs) for (const socket of pair) socket.resetAndDestroy();
    this.pairs.clear();
  }

  async close(): Promise<void> {
    await this.refuse(true);
    this.cutAll();
  }

  private carry(client: Socket): void {
    this.accepted++;
    const upstream = connect({ ...this.to, allowHalfOpen: true, noDelay: true });
    const pair: [Socket, Socket] = [client, upstream];
    this.pairs.add(pair);
    const end = () => {
      this.pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) {
      socket.on("error", end).on("close", () => {
        if (pair.every(({ closed }) => closed)) this.pairs.delete(pair);
      });
    }
    // The delay counts once in a round trip, on the way there.
    pump(client, upstream, this, () => this.delayMs).catch(end);
    pump(upstream, client, this, () => 0).catch(end);
  }
}
