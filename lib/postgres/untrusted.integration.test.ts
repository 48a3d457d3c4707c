import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Authority, type Certificate, hasOpenssl, makeAuthority } from "@/e2e/servers/certificates";
import { explain, toStored } from "@/lib/errors/describe";
import type { TlsSpec } from "./connection-spec";
import { openSession } from "./session";

/** What a person reads when a server shows a certificate that is not to be trusted. */
describe.skipIf(!hasOpenssl())("a certificate that", () => {
  let authority: Authority;
  let server: Server | undefined;
  const sockets = new Set<Socket>();
  beforeAll(() => {
    authority = makeAuthority();
  });
  afterAll(() => authority.remove());
  afterEach(() => {
    server?.close();
    for (const socket of sockets) socket.destroy();
  });

  /** Speaks as far as the certificate. */
  async function sentence({ certificate, key }: Certificate, tls: TlsSpec): Promise<string> {
    const secureContext = createSecureContext({ cert: certificate, key });
    server = createServer((socket) => {
      sockets.add(socket.on("error", () => {}));
      socket.once("data", () => {
        socket.write("S");
        new TLSSocket(socket, { isServer: true, secureContext }).on("error", () => {});
      });
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const spec = { host: "127.0.0.1", port, database: "d", user: "u", password: "p", tls };
    const error = await openSession(spec, { side: "source", name: "ferry test" }).catch((thrown: unknown) => thrown);
    return explain(toStored(error)).what.replace(`127.0.0.1:${port}`, "there");
  }

  it("has expired", async () => {
    const told = await sentence(authority.sign({ isExpired: true }), { mode: "verify-full", ca: authority.ca });
    expect(told).toBe("The certificate of there is not trusted: it has expired.");
  });

  it("is another host's", async () => {
    const other = authority.sign({ names: "DNS:db.example" });
    const told = await sentence(other, { mode: "verify-full", ca: authority.ca });
    expect(told).toMatch(/^The certificate of there is not trusted: .*127\.0\.0\.1.*$/);
    expect(told).toContain("not in the cert's list");
  });

  it("is signed by nobody known", async () => {
    const told = await sentence(authority.sign(), { mode: "verify-full" });
    expect(told).toBe(
      "The certificate of there is not trusted: it is signed by an authority that Ferry does not know.",
    );
  });

  it("is signed by itself", async () => {
    const own = authority.signItself();
    const told = await sentence(own, { mode: "verify-full" });
    expect(told).toBe("The certificate of there is not trusted: it is self-signed, so that nobody vouches for it.");
  });
});
