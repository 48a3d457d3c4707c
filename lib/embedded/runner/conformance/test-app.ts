import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { Probe } from "./probe";

export interface Served {
  client: Inngest;
  probe: Probe;
}

export type Define = (served: Served) => InngestFunction.Any[];

export interface EngineKeys {
  url: string;
  eventKey: string;
  /** Null when requests are not signed, as with `inngest dev`. */
  signingKey: string | null;
}

const SILENT = { info() {}, warn() {}, error() {}, debug() {} };

/** An app that serves functions on loopback by the SDK itself, and that may die and come back. */
export class TestApp {
  readonly probe = new Probe();
  private server: Server | null = null;
  private port = 0;
  private listener: RequestListener = (_, response) => response.writeHead(503).end();

  /** Takes a port without listening on it yet: the engine may be told the address before the app is there. */
  static async open(): Promise<TestApp> {
    const app = new TestApp();
    await app.up();
    return app;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/api/inngest`;
  }

  /** Serves these functions from now on. */
  serve(name: string, engine: EngineKeys, define: Define): Inngest {
    const client = new Inngest({
      id: `conformance-${name}`,
      baseUrl: engine.url,
      eventKey: engine.eventKey,
      isDev: engine.signingKey === null,
      ...(engine.signingKey !== null && { signingKey: engine.signingKey }),
      logger: SILENT,
    });
    this.listener = serve({ client, functions: define({ client, probe: this.probe }) });
    return client;
  }

  /** Answers in place of the SDK. */
  impersonate(listener: RequestListener): void {
    this.listener = listener;
  }

  async up(): Promise<void> {
    const server = createServer((request, response) => this.listener(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** As if the process were killed: every connection breaks, the next ones are refused. */
  async down(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (!server) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
