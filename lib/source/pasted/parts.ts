import { FerryError } from "@/lib/errors/ferry-error";

type Key = "host" | "port" | "database" | "user" | "password" | "sslmode";

/** What a pasted text says of a connection, before it is known to be enough. */
export type Parts = Partial<Record<Key, string>>;

/** Reasons are fixed texts or names of parts: what was pasted may hold a password and is never repeated. */
export const invalid = (reason: string) => new FerryError("connection_string.invalid", { reason });

/** Names under which libpq, JDBC and .NET know the parts, in lower case and without blanks. */
const NAMES: Record<string, Key> = {
  host: "host",
  server: "host",
  port: "port",
  dbname: "database",
  database: "database",
  user: "user",
  username: "user",
  userid: "user",
  password: "password",
  sslmode: "sslmode",
};

/** Takes over a part that is known; the others say nothing about where the database is. */
export function assign(parts: Parts, name: string, value: string): void {
  const plain = name.toLowerCase().replaceAll(" ", "");
  const key = Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
  if (key) parts[key] = value;
  else if (plain === "hostaddr") parts.host ??= value;
  else if (plain === "ssl" && ["true", "1", "require"].includes(value)) parts.sslmode ??= "require";
}
