import { describe, expect, it } from "vitest";
import { PROVIDERS } from "./index";
import { lookAlike, type ProviderFacts, recogniseProvider } from "./recognise";

const plain: ProviderFacts = { host: "db.example.org", roles: ["postgres", "app"], schemas: ["public"] };

it.each<[string, Partial<ProviderFacts>, string | null]>([
  ["a server of one's own", {}, null],
  ["schemas and roles that anybody may have", { schemas: ["auth", "storage"], roles: ["anon", "authenticator"] }, null],
  ["a host that only looks like one", { host: "supabase.co.example.org" }, null],
  ["a socket", { host: "/var/run/postgresql" }, null],
  ["Supabase by its address", { host: "db.abcdefgh.supabase.co" }, "Supabase"],
  ["Supabase's pooler", { host: "AWS-0-eu-central-1.pooler.supabase.com" }, "Supabase"],
  ["Supabase through a tunnel", { host: "localhost", roles: ["supabase_admin"] }, "Supabase"],
  ["Heroku", { host: "ec2-1-2-3-4.compute-1.amazonaws.com", schemas: ["heroku_ext", "public"] }, "Heroku"],
  [
    "Heroku on Aurora",
    { host: "c.cluster-czz5s0kz4scl.eu-west-1.rds.amazonaws.com", roles: ["rdsadmin"], schemas: ["_heroku"] },
    "Heroku",
  ],
  ["RDS by its address", { host: "shop.abc.eu-west-1.rds.amazonaws.com" }, "Amazon RDS"],
  ["RDS in China", { host: "shop.abc.rds.cn-north-1.amazonaws.com.cn.rds.amazonaws.com.cn" }, "Amazon RDS"],
  ["RDS behind a name of one's own", { roles: ["rdsadmin", "rds_superuser"] }, "Amazon RDS"],
  ["RDS by its settings", { settings: ["rds.extensions"] }, "Amazon RDS"],
  ["Aurora's writer", { host: "shop.cluster-abc123.eu-west-1.rds.amazonaws.com" }, "Amazon Aurora"],
  ["Aurora's reader", { host: "shop.cluster-ro-abc123.eu-west-1.rds.amazonaws.com" }, "Amazon Aurora"],
  ["Aurora by its extensions", { extensions: [{ name: "apg_plan_mgmt" }] }, "Amazon Aurora"],
  ["Cloud SQL", { host: "10.0.0.3", roles: ["cloudsqladmin"] }, "Cloud SQL"],
  ["Cloud SQL by its settings", { host: "10.0.0.3", settings: ["cloudsql.logical_decoding"] }, "Cloud SQL"],
  ["Cloud SQL's socket", { host: "/cloudsql/shop:europe-west1:db" }, "Cloud SQL"],
  ["Azure", { host: "shop.postgres.database.azure.com" }, "Azure"],
  ["Azure by its roles", { roles: ["azure_pg_admin"] }, "Azure"],
  ["Aiven", { host: "pg-1.acme.aivencloud.com" }, "Aiven"],
  ["Crunchy Bridge", { host: "p.abc.db.postgresbridge.com" }, "Crunchy Bridge"],
  ["Neon", { host: "ep-cool-1.eu-central-1.aws.neon.tech" }, "Neon"],
  ["Neon by its roles", { roles: ["neon_superuser"] }, "Neon"],
  ["Vercel", { host: "ep-cool-1-pooler.us-east-1.postgres.vercel-storage.com" }, "Vercel Postgres"],
  ["Render", { host: "dpg-d4mvsm1r0fns73ai8s10-a.ohio-postgres.render.com" }, "Render"],
  ["Render from within", { host: "dpg-d4mvsm1r0fns73ai8s10-a" }, "Render"],
  ["Railway", { host: "viaduct.proxy.rlwy.net" }, "Railway"],
  ["Railway from within", { host: "postgres.railway.internal" }, "Railway"],
  ["DigitalOcean", { host: "shop-do-user-1-0.b.db.ondigitalocean.com" }, "DigitalOcean"],
  ["Tiger Cloud", { host: "abc.def.tsdb.cloud.timescale.com" }, "Tiger Cloud (Timescale)"],
  ["Fly", { host: "direct.abc.flympg.net" }, "Fly.io"],
  ["PlanetScale", { host: "abc-useast1-1.horizon.psdb.cloud" }, "PlanetScale"],
  ["Xata", { host: "us-east-1.sql.xata.sh" }, "Xata"],
])("%s", (_, facts, provider) => {
  expect(recogniseProvider({ ...plain, ...facts })?.name ?? null).toBe(provider);
});

it.each<[string, Pick<ProviderFacts, "host" | "versionText">, string | null]>([
  ["Postgres", { host: "h", versionText: "PostgreSQL 17.5 on x86_64-pc-linux-gnu" }, null],
  ["CockroachDB", { host: "h", versionText: "CockroachDB CCL v24.1.0 (x86_64)" }, "CockroachDB"],
  ["CockroachDB by its host", { host: "a-1.gcp-us-east1.cockroachlabs.cloud" }, "CockroachDB"],
  ["YugabyteDB", { host: "h", versionText: "PostgreSQL 11.2-YB-2.21.0.0-b0 on x86_64" }, "YugabyteDB"],
  ["Redshift", { host: "h", versionText: "PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0" }, "Amazon Redshift"],
  ["Redshift by its host", { host: "c.abc.eu-west-1.redshift.amazonaws.com" }, "Amazon Redshift"],
  ["Aurora DSQL", { host: "abc.dsql.us-east-1.on.aws" }, "Amazon Aurora DSQL"],
  ["Aurora itself", { host: "c.cluster-abc.eu-west-1.rds.amazonaws.com" }, null],
])("what looks like Postgres: %s", (_, facts, name) => expect(lookAlike(facts)).toBe(name));

describe.each(PROVIDERS.map((provider) => [provider.name, provider] as const))("what is known of %s", (_, provider) => {
  it("has a date and sources, and names nobody else's by a pattern with a memory", () => {
    expect(provider.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(provider.sources.length).toBeGreaterThan(0);
    for (const source of provider.sources) expect(source).toMatch(/^https:\/\//);
    const patterns = [provider.marks.hosts, ...provider.addresses.map(({ host }) => host)];
    for (const pattern of patterns) expect(pattern?.flags ?? "").not.toMatch(/[gy]/);
  });

  it("is said in whole sentences", () => {
    for (const { advice } of provider.addresses) expect(advice).toMatch(/^[A-Z].*\.$/);
    for (const text of [provider.replication, provider.certificate, provider.allowList]) {
      expect(text ?? "None.").toMatch(/^[A-Z].*\.$/);
    }
  });
});

it("each provider has an id of its own", () => {
  expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
});
