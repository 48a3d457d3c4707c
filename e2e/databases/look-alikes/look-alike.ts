import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { query } from "@/e2e/imports/scene";
import type { TestServer } from "@/e2e/servers/test-servers";
import { connectionUrl } from "@/lib/postgres/connection-url";

export const LOOK_ALIKES = ["supabase", "heroku", "rds", "neon"] as const;
export type LookAlike = (typeof LOOK_ALIKES)[number];

/** Whom the customer of a provider logs in as: no superuser, and owner of what is the customer's. */
const OWNER = "app_owner";

export interface LookAlikeSource {
  /** As the customer. */
  url: string;
  drop(): Promise<void>;
}

/**
 * A database that looks like a provider's. Its roles are of the whole server, and a server is recognised by them: so it
 * must be the test's own, and they are taken away again.
 */
export async function makeLookAlike(server: TestServer, name: LookAlike): Promise<LookAlikeSource> {
  const sql = readFileSync(fileURLToPath(new URL(`${name}.sql`, import.meta.url)), "utf8");
  const roles = [...sql.matchAll(/^create role (\w+)/gm)].map(([, role]) => role ?? "");
  const database = await server.createDatabase(name);
  const password = randomBytes(9).toString("hex");
  await query(server.superuser, `create role ${OWNER} login password '${password}'`);
  await query(database.spec, `grant create on database "${database.spec.database}" to ${OWNER};${sql}`);
  return {
    url: connectionUrl({ ...database.spec, user: OWNER, password }),
    drop: async () => {
      await database.drop();
      await query(server.superuser, `drop role ${[...roles, OWNER].join(", ")}`);
    },
  };
}
