import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authority, type Certificate, hasOpenssl, makeAuthority } from "@/e2e/servers/certificates";
import { type PrivateServer, privateServer, testServer } from "@/e2e/servers/test-servers";
import { serverIdentity } from "@/lib/embedded/postgres/identity";
import type { ConnectionSpec } from "./connection-spec";
import { withSession } from "./session";

const RULES = `
hostssl   all only_tls     samehost     scram-sha-256
host      all postgres     samehost     scram-sha-256
host      all may_not      samehost     reject
host      all trusted_once samehost     trust
hostssl   all by_certificate samehost   cert
`;

describe.skipIf(!testServer.available(18) || !hasOpenssl())("TLS", () => {
  let server: PrivateServer;
  let folder: string;
  let authority: Authority;
  let stranger: Authority;
  let own: Certificate;
  let ca: string;
  let spec: ConnectionSpec;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ferry-tls-"));
    [authority, stranger] = [makeAuthority(), makeAuthority()];
    ca = authority.ca;
    own = authority.sign({ commonName: "by_certificate", names: "email:anna@example.org" });
    const { certificate, key } = authority.sign();
    writeFileSync(join(folder, "server.crt"), certificate);
    writeFileSync(join(folder, "server.key"), key);
    writeFileSync(join(folder, "ca.crt"), ca);
    writeFileSync(join(folder, "hba"), RULES);
    // The server's user must get in, and must own a key that nobody else reads.
    chmodSync(folder, 0o711);
    const identity = serverIdentity();
    for (const name of ["server.key", "server.crt", "ca.crt", "hba"]) {
      chmodSync(join(folder, name), 0o600);
      if (identity) chownSync(join(folder, name), identity.uid, identity.gid);
    }
    const file = (name: string) => join(folder, name);
    server = await privateServer(18, {
      settings: {
        ssl: "on",
        ssl_cert_file: file("server.crt"),
        ssl_key_file: file("server.key"),
        ssl_ca_file: file("ca.crt"),
        hba_file: file("hba"),
      },
    });
    spec = { ...server.superuser, tls: { mode: "require" } };
  });
  afterAll(async () => {
    await server.remove();
    rmSync(folder, { recursive: true, force: true });
    authority.remove();
    stranger.remove();
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
    await expect(connect({ ...spec, tls: { mode, ca: stranger.ca } })).rejects.toMatchObject({
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

  it("goes on the other way by allow and prefer, where the server wants it so", async () => {
    const scram = { ...spec, user: "only_tls" };
    await withSession(spec, { side: "metadata", name: "ferry tls test" }, (client) =>
      client.query(`create role only_tls login password '${spec.password}'`),
    );
    expect(await connect({ ...scram, tls: { mode: "allow" } })).toBe(true);
    expect(await connect({ ...scram, tls: { mode: "prefer" } })).toBe(true);
    expect(await connect({ ...spec, tls: { mode: "allow" } })).toBe(false);
  });

  it("checks the name that was given, also where an address is given beside it", async () => {
    const byName = { ...spec, host: "db.example", address: "127.0.0.1" };
    expect(await connect({ ...byName, tls: { mode: "verify-ca", ca } })).toBe(true);
    // The certificate names db.example, and no other.
    expect(await connect({ ...byName, tls: { mode: "verify-full", ca } })).toBe(true);
    const other = { ...byName, host: "other.example" };
    await expect(connect({ ...other, tls: { mode: "verify-full", ca } })).rejects.toMatchObject({
      code: "connect.tls_untrusted",
      context: { reason: expect.stringContaining("other.example") },
    });
  });

  it("binds the login to the channel where that is asked for, and refuses it where it cannot be", async () => {
    expect(await connect({ ...spec, channelBinding: "require" })).toBe(true);
    await expect(connect({ ...spec, channelBinding: "require", tls: { mode: "allow" } })).rejects.toMatchObject({
      code: "connect.failed",
      context: { reason: expect.stringContaining("channel binding") },
    });
  });

  it("shows its own certificate, and says what is wrong with it", async () => {
    await withSession(spec, { side: "metadata", name: "ferry tls test" }, (client) =>
      client.query("create role by_certificate login"),
    );
    const shown = { ...spec, user: "by_certificate", password: null };
    expect(await connect({ ...shown, tls: { mode: "verify-full", ca, ...own } })).toBe(true);
    // Who logs in by certificate proves nothing about the channel.
    const bound = { ...shown, channelBinding: "require" as const, tls: { mode: "verify-full" as const, ca, ...own } };
    await expect(connect(bound)).rejects.toMatchObject({ code: "connect.failed" });
    const refusal = { code: "connect.client_certificate" };
    await expect(connect({ ...shown, tls: { mode: "require" } })).rejects.toMatchObject(refusal);
    const foreign = stranger.sign({ commonName: "by_certificate" });
    await expect(connect({ ...shown, tls: { mode: "require", ...foreign } })).rejects.toMatchObject(refusal);
    const mixed = { certificate: own.certificate, key: foreign.key };
    await expect(connect({ ...shown, tls: { mode: "require", ...mixed } })).rejects.toMatchObject(refusal);
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
