import { afterAll, beforeAll, expect, it } from "vitest";
import { type LookAlike, makeLookAlike } from "@/e2e/databases/look-alikes/look-alike";
import { type FerryRig, startFerry } from "@/e2e/imports/ferry-rig";
import { query, SOURCE, TARGET } from "@/e2e/imports/scene";
import { type PrivateServer, privateServer, testServer } from "@/e2e/servers/test-servers";
import type { ImportView } from "@/lib/imports/view";
import type { ImportOptions } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";

let ferry: FerryRig;
let server: PrivateServer;
beforeAll(async () => {
  ferry = await startFerry();
  server = await privateServer(SOURCE);
});
afterAll(async () => {
  await Promise.all([ferry?.stop(), server?.remove()]);
});

interface Arrived {
  view: ImportView;
  target: ConnectionSpec;
  leftOut: string[];
}

/** Imports the whole database of a provider's customer to a role that is no superuser, as on Neon. */
async function imported(name: LookAlike, options: Partial<ImportOptions>, look: (arrived: Arrived) => Promise<void>) {
  const place = await testServer(TARGET);
  const [source, target] = await Promise.all([makeLookAlike(server, name), place.createDatabase("arrival")]);
  const rolesBefore = await rolesOf(target.spec);
  const importer = await place.createRole({ database: target.spec.database, attributes: "createrole" });
  await query(target.spec, `alter database "${target.spec.database}" owner to "${importer.name}"`);
  try {
    const id = await ferry.run(source.url, importer.url, options);
    const view = await ferry.view(id);
    expect(view.error).toBeNull();
    expect(view.status).toBe("succeeded");
    expect(view.verification).toMatchObject({ status: "equal", differences: [] });
    expect(view.findings.filter(({ severity }) => severity === "block")).toEqual([]);
    const leftOut = view.skipped.map(({ object, reason }) => `${object}: ${reason}`);
    await look({ view, target: target.spec, leftOut });
  } finally {
    await Promise.all([source.drop(), target.drop()]);
    const made = (await rolesOf(place.superuser)).filter(
      (role) => !rolesBefore.includes(role) && role !== importer.name,
    );
    for (const role of made) await query(place.superuser, `drop role "${role}"`);
    await query(place.superuser, `drop role "${importer.name}"`);
  }
}

const rolesOf = async (spec: ConnectionSpec) =>
  (await query<{ name: string }>(spec, "select rolname as name from pg_roles")).map(({ name }) => name);

const schemasOf = async (spec: ConnectionSpec) =>
  (
    await query<{ name: string }>(
      spec,
      "select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by 1",
    )
  ).map(({ name }) => name);

it("takes a database from Supabase, with its policies and without what is Supabase's", async () => {
  await imported("supabase", {}, async ({ view, target, leftOut }) => {
    expect(view.source.provider).toBe("Supabase");
    expect(await schemasOf(target)).toEqual(["auth", "extensions", "public"]);
    for (const object of [
      "schema storage: a schema of Supabase",
      "schema vault: a schema of Supabase",
      "table auth.users: it is in schema auth of Supabase",
      "policy storage.objects owners see theirs: it is in schema storage of Supabase",
      "publication supabase_realtime: a publication of Supabase",
      "event trigger pgrst_ddl_watch: an event trigger of Supabase",
      "foreign key public.profiles profiles_id_fkey: it needs table auth.users, which is left out",
    ]) {
      expect(leftOut).toContain(object);
    }
    // Row security arrives whole, with the function that its policies call.
    const policies = await query(target, "select tablename, policyname, roles::text from pg_policies order by 1, 2");
    expect(policies).toEqual([
      { tablename: "profiles", policyname: "Profiles are public.", roles: "{public}" },
      { tablename: "profiles", policyname: "Users change their own.", roles: "{authenticated}" },
      { tablename: "todos", policyname: "Todos are private.", roles: "{authenticated}" },
    ]);
    const [own] = await query(
      target,
      `select set_config('request.jwt.claim.sub', '00000000-0000-0000-0000-000000000007', true),
              (select count(*)::int from public.my_todos()) as todos,
              (select count(*)::int from public.todos) as "allTodos",
              (select count(*)::int from pg_class where relrowsecurity) as secured,
              to_regprocedure('public.handle_new_user()') is not null as "hasTriggerFunction"`,
    );
    expect(own).toMatchObject({ todos: 5, allTodos: 200, secured: 2, hasTriggerFunction: true });
  });
});

it("brings Supabase's users along where they are asked for, and the foreign keys with them", async () => {
  await imported("supabase", { schemas: ["public", "auth", "extensions"] }, async ({ target }) => {
    const [row] = await query(
      target,
      `select (select count(*)::int from auth.users) as users, (select count(*)::int from auth.identities) as identities,
              (select count(*)::int from pg_constraint where conname = 'profiles_id_fkey' and convalidated) as keys`,
    );
    expect(row).toEqual({ users: 40, identities: 40, keys: 1 });
  });
});

it("takes a database from Heroku, with its extensions where they belong", async () => {
  await imported("heroku", {}, async ({ view, target, leftOut }) => {
    expect(view.source.provider).toBe("Heroku");
    expect(await schemasOf(target)).toEqual(["public"]);
    for (const object of [
      "schema _heroku: a schema of Heroku",
      "schema heroku_ext: a schema of Heroku",
      "function _heroku.validate_extension(): it is in schema _heroku of Heroku",
      ...["extension_before_drop", "log_create_ext", "log_drop_ext", "validate_extension"].map(
        (name) => `event trigger ${name}: an event trigger of Heroku`,
      ),
    ]) {
      expect(leftOut).toContain(object);
    }
    const [row] = await query(
      target,
      `select (select count(*)::int from users where email = 'u7@EXAMPLE.org') as found,
              (select count(*)::int from bookings) as bookings,
              (select count(*)::int from emails) as emails,
              public.same_mail('A', 'a') as same,
              length(public.token()) as token`,
    );
    expect(row).toEqual({ found: 1, bookings: 60, emails: 60, same: true, token: 16 });
  });
});

it("takes a database from RDS with its owners, of whom Amazon's own stay behind", async () => {
  await imported("rds", { owners: { mode: "keep" } }, async ({ view, target, leftOut }) => {
    expect(view.source.provider).toBe("Amazon RDS");
    expect(await schemasOf(target)).toEqual(["public", "shop"]);
    expect(leftOut).toContain("schema rdsadmin: a schema of Amazon RDS");
    const owners = await query<{ owner: string }>(
      target,
      "select distinct tableowner as owner from pg_tables where schemaname = 'shop'",
    );
    expect(owners).toEqual([{ owner: "app_owner" }]);
    expect((await rolesOf(target)).filter((role) => role.startsWith("rds"))).toEqual([]);
    expect(await query(target, "select count(*)::int as orders from shop.orders")).toEqual([{ orders: 300 }]);
  });
});

it("takes a database from another Neon project", async () => {
  await imported("neon", {}, async ({ view, target, leftOut }) => {
    expect(view.source.provider).toBe("Neon");
    expect(await schemasOf(target)).toEqual(["public"]);
    expect(leftOut).toContain("schema neon: a schema of Neon");
    const [row] = await query(
      target,
      "select (select count(*)::int from notes) as notes, (select count(*)::int from moods) as moods",
    );
    expect(row).toEqual({ notes: 120, moods: 1 });
  });
});
