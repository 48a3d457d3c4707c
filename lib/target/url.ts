import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import { DESCRIBE_MS, describeDatabase } from "./describe";
import type { Target } from "./target";

/** Any Postgres that the user named: it is used as it is. */
export function urlTarget(spec: ConnectionSpec): Target {
  return {
    askAt: spec,
    describe: () => withSession(spec, { side: "target", name: "ferry checks", workMs: DESCRIBE_MS }, describeDatabase),
    prepare: async () => spec,
    discard: async () => {},
  };
}
