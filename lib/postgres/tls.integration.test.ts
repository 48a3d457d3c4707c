import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PrivateServer, privateServer, testServer } from "@/e2e/servers/test-servers";
import { serverIdentity } from "@/lib/embedded/postgres/identity";
import type { ConnectionSpec } from "./connection-spec";
import { withSession } from "./session";

/** Certificates are made with the openssl command, so that no private key is kept in the project. */
function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn("Skipped: there is no openssl command on this machine to make certificates with.");
    return false;
  }
}

/** An authority, and what it signed for the address 127.0.0.1, not for the name `localhost`. */
function makeCertificates(folder: string): { ca: string } {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Ferry test CA", "-days", "2");
  openssl("req", ...newKey, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=db.example");
  writeFileSync(join(folder, "names"), "subjectAltName = IP:127.0.0.1");
  const signed = ["-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl("x509", ...signed, "-out", "server.crt", "-days", "2", "-extfile", "names");
  return { ca: readFileSync(join(folder, "ca.crt"), "utf8") };
}

const RULES = `
hostssl   all only_tls     samehost     scram-sha-256
host      all postgres     samehost     scram-sha-256
host      all may_not      samehost     reject
host      all trusted_once samehost     trust
`;

describe.skipIf(!testServer.available(18) || !hasOpenssl())("TLS", () => {
  let server: PrivateServer;
  let folder: string;
  let ca: string;
  let spec: ConnectionSpec;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ferry-tls-"));
    ({ ca } = makeCertificates(folder));
    writeFileSync(join(folder, "hba"), RULES);
    // The server's user must get in, and must own a key that nobody else reads.
    chmodSync(folder, 0o711);
    const identity = serverIdentity();
    for (const name of ["server.key", "server.crt", "hba"]) {
      chmodSync(join(folder, name), 0o600);
      if (identity) chownSync(join(folder, name), identity.uid, identity.gid);
    }
    const file = (name: string) => join(folder, name);
    server = await privateServer(18, {
      settings: {
        ssl: "on",
        ssl_cert_file: file("server.crt"),
        ssl_key_file: file("server.key"),
        hba_file: file("hba"),
      },
    });
    spec = { ...server.superuser, tls: { mode: "require" } };
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const connect = (asked: ConnectionSpec) =>
    withSession(asked, { side: "source", name: "ferry tls test" }, async (client) => {
      const { rows } = await client.query<{ ssl: boolean }>("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
      return rows[0]?.ssl;
    });

  it.each(["prefer", "require"] as const)("is used by sslmode=%s without asking whom it talks to", async (mode) => {
    expect(await connect({ ...spec, tls: { mode } })).toBe(true);
  });

  it.each(["require", "verify-ca", "verify-full"] as const)("is used by %s with the right CA", async (mode) => {
    expect(await connect({ ...spec, tls: { mode, ca } })).toBe(true);
  });

  it.each(["verify-ca", "verify-full"] as const)("is not trusted by %s without the CA", async (mode) => {
    await expect(connect({ ...spec, tls: { mode } })).rejects.toMatchObject({ code: "connect.tls_untrusted" });
  });

  it.each(["require", "verify-ca", "verify-full"] as const)("is not trusted by %s with another CA", async (mode) => {
    const other = mkdtempSync(join(tmpdir(), "ferry-ca-"));
    const stranger = makeCertificates(other).ca;
    rmSync(other, { recursive: true });
    await expect(connect({ ...spec, tls: { mode, ca: stranger } })).rejects.toMatchObject({
      code: "connect.tls_untrusted",
    });
  });

  it("is trusted under another name by verify-ca, not by verify-full", async () => {
    const byName = { ...spec, host: "localhost" };
    expect(await connect({ ...byName, tls: { mode: "verify-ca", ca } })).toBe(true);
    await expect(connect({ ...byName, tls: { mode: "verify-full", ca } })).rejects.toMatchObject({
      code: "connect.tls_untrusted",
      context: { reason: expect.stringContaining("localhost") },
    });
  });

  it("is told to be untrusted when the CA that was given is none", async () => {
    const tls = { mode: "verify-full", ca: "not a certificate" } as const;
    await expect(connect({ ...spec, tls })).rejects.toMatchObject({ code: "connect.tls_untrusted" });
  });

  it("is asked for by the server: a plain connection is told so", async () => {
    await expect(connect({ ...spec, user: "only_tls", tls: { mode: "disable" } })).rejects.toMatchObject({
      code: "connect.not_allowed",
      context: { reason: expect.stringMatching(/no encryption|SSL off/) },
    });
  });

  it("does not hide that the server has no rule, a rule against, or no such user", async () => {
    await expect(connect({ ...spec, user: "no_rule" })).rejects.toMatchObject({ code: "connect.not_allowed" });
    await expect(connect({ ...spec, user: "may_not" })).rejects.toMatchObject({ code: "connect.not_allowed" });
    await expect(connect({ ...spec, user: "trusted_once" })).rejects.toMatchObject({
      code: "connect.user_missing",
      context: { user: "trusted_once" },
    });
  });
});
