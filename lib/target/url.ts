import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { DESCRIBE_MS, describeDatabase } from "./describe";
import { withoutBranches } from "./refusals";
import type { Target } from "./target";

/** Any Postgres that the user named: it is used as it is. */
export function urlTarget(spec: ConnectionSpec): Target {
  return {
    ...withoutBranches("a database that was named by its connection string"),
    kind: "url",
    askAt: async () => spec,
    describe: () => withSession(spec, { side: "target", name: "ferry checks", workMs: DESCRIBE_MS }, describeDatabase),
    prepare: async () => spec,
    addresses: async () => ({ direct: spec, pooled: null }),
    discard: async () => {},
  };
}
