import { describe, expect, it } from "vitest";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { adviceOn, directSpec, knownAddress } from "./address";

const spec = (host: string, port = 5432): ConnectionSpec => ({
  ...{ host, port, database: "d", user: "u", password: "p" },
  tls: { mode: "require" },
});

describe("a pooler's address", () => {
  it.each<[string, number, string, number]>([
    ["aws-0-eu-central-1.pooler.supabase.com", 6543, "aws-0-eu-central-1.pooler.supabase.com", 5432],
    ["db.abcdefgh.supabase.co", 6543, "db.abcdefgh.supabase.co", 5432],
    ["ep-cool-1-pooler.eu-central-1.aws.neon.tech", 5432, "ep-cool-1.eu-central-1.aws.neon.tech", 5432],
    [
      "ep-cool-1-pooler.us-east-1.postgres.vercel-storage.com",
      5432,
      "ep-cool-1.us-east-1.postgres.vercel-storage.com",
      5432,
    ],
    ["shop.postgres.database.azure.com", 6432, "shop.postgres.database.azure.com", 5432],
    ["p.abc.db.postgresbridge.com", 5431, "p.abc.db.postgresbridge.com", 5432],
    ["pgbouncer.abc.flympg.net", 5432, "direct.abc.flympg.net", 5432],
    ["abc-useast1-1.horizon.psdb.cloud", 6432, "abc-useast1-1.horizon.psdb.cloud", 5432],
  ])("%s:%i becomes %s:%i", (host, port, directHost, directPort) => {
    const direct = directSpec(spec(host, port));
    expect(direct).toEqual({ ...spec(directHost, directPort), given: { host, port } });
    // Once is enough.
    expect(directSpec(direct)).toEqual(direct);
  });

  it.each<[string, number]>([
    ["db.example.org", 6543],
    ["my-pooler.example.org", 5432],
    ["db.abcdefgh.supabase.co", 5432],
    ["aws-0-eu-central-1.pooler.supabase.com", 5432],
    ["ep-cool-1.eu-central-1.aws.neon.tech", 5432],
    ["shop-do-user-1-0.b.db.ondigitalocean.com", 25_061],
    ["shop.proxy-abc.eu-west-1.rds.amazonaws.com", 5432],
  ])("%s:%i stays: it is none, or nobody knows the other", (host, port) => {
    expect(directSpec(spec(host, port))).toEqual(spec(host, port));
  });

  it("stays where several hosts are given", () => {
    const several = { ...spec("ep-a-pooler.x.aws.neon.tech"), otherHosts: [{ host: "b", port: 1 }] };
    expect(directSpec(several)).toBe(several);
  });
});

it.each<[string, string, number, RegExp | null]>([
  ["connect.unreachable", "db.abcdefgh.supabase.co", 5432, /IPv6.*session pooler/],
  ["connect.host_unknown", "db.abcdefgh.supabase.co", 5432, /IPv6.*session pooler/],
  ["connect.host_unknown", "dpg-d4mvsm1r0fns73ai8s10-a", 5432, /External Database URL/],
  ["connect.host_unknown", "postgres.railway.internal", 5432, /DATABASE_PUBLIC_URL/],
  ["connect.timed_out", "private-shop-do-user-1-0.b.db.ondigitalocean.com", 25_060, /public network/],
  ["connect.timed_out", "shop.abc.eu-west-1.rds.amazonaws.com", 5432, /security group/],
  ["connect.not_allowed", "shop.postgres.database.azure.com", 5432, /Firewall rules/],
  ["connect.tls_untrusted", "shop.abc.eu-west-1.rds.amazonaws.com", 5432, /global-bundle\.pem/],
  ["connect.auth_failed", "shop.abc.eu-west-1.rds.amazonaws.com", 5432, null],
  ["connect.timed_out", "db.example.org", 5432, null],
])("%s at %s:%i", (code, host, port, advice) => {
  const told = adviceOn(code, { host, port });
  if (advice === null) expect(told).toBeNull();
  else expect(told).toMatch(advice);
});

it.each<[string, number, string | null]>([
  ["shop.proxy-abc.eu-west-1.rds.amazonaws.com", 5432, "transaction"],
  ["shop.cluster-ro-abc.eu-west-1.rds.amazonaws.com", 5432, "reader"],
  ["shop-do-user-1-0.b.db.ondigitalocean.com", 25_061, "transaction"],
  ["aws-0-eu-central-1.pooler.supabase.com", 5432, "session"],
  ["app.flycast", 5432, "internal"],
  ["pg-1.acme.aivencloud.com", 12_345, null],
])("%s:%i is %s", (host, port, kind) => {
  expect(knownAddress({ host, port })?.rule?.kind ?? null).toBe(kind);
});
