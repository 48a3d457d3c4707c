import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { createDatabase, createRole, type RoleOptions, type TestDatabase, type TestRole } from "./databases";
import type { Version } from "./versions";

export interface TestServer {
  version: Version;
  host: string;
  port: number;
  superuser: ConnectionSpec;
  createDatabase(prefix?: string): Promise<TestDatabase>;
  createRole(options?: RoleOptions): Promise<TestRole>;
}

export function serverAt(version: Version, superuser: ConnectionSpec): TestServer {
  return {
    version,
    host: superuser.host,
    port: superuser.port,
    superuser,
    createDatabase: (prefix) => createDatabase(superuser, prefix),
    createRole: (options) => createRole(superuser, options),
  };
}
