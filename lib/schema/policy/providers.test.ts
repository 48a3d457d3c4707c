import { expect, it } from "vitest";
import { type ProviderFacts, recogniseProvider } from "./providers";

const plain: ProviderFacts = { host: "db.example.org", roles: ["postgres", "app"], schemas: ["public"] };

it.each<[string, Partial<ProviderFacts>, string | null]>([
  ["a server of one's own", {}, null],
  ["schemas and roles that anybody may have", { schemas: ["auth", "storage"], roles: ["anon", "authenticator"] }, null],
  ["a host that only looks like one", { host: "supabase.co.example.org" }, null],
  ["Supabase by its address", { host: "db.abcdefgh.supabase.co" }, "Supabase"],
  ["Supabase's pooler", { host: "AWS-0-eu-central-1.pooler.supabase.com" }, "Supabase"],
  ["Supabase through a tunnel", { host: "localhost", roles: ["supabase_admin"] }, "Supabase"],
  ["Heroku", { host: "ec2-1-2-3-4.compute-1.amazonaws.com", schemas: ["heroku_ext", "public"] }, "Heroku"],
  ["RDS by its address", { host: "shop.abc.eu-west-1.rds.amazonaws.com" }, "Amazon RDS"],
  ["RDS behind a name of one's own", { roles: ["rdsadmin", "rds_superuser"] }, "Amazon RDS"],
  ["Cloud SQL", { host: "10.0.0.3", roles: ["cloudsqladmin"] }, "Cloud SQL"],
  ["Azure", { host: "shop.postgres.database.azure.com" }, "Azure"],
  ["Aiven", { host: "pg-1.acme.aivencloud.com" }, "Aiven"],
  ["Crunchy Bridge", { host: "p.abc.db.postgresbridge.com" }, "Crunchy Bridge"],
  ["Neon", { host: "ep-cool-1.eu-central-1.aws.neon.tech" }, "Neon"],
])("%s", (_, facts, provider) => {
  expect(recogniseProvider({ ...plain, ...facts })?.name ?? null).toBe(provider);
});
