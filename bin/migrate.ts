import { migrate } from "@/lib/db/migrate";

/** For deployments: brings the metadata database of the environment to the newest form. */
const { DATABASE_URL } = process.env;
if (!DATABASE_URL) {
  console.error("DATABASE_URL is not set: there is no metadata database to migrate.");
  process.exit(1);
}
await migrate(DATABASE_URL);
