import { query } from "@/e2e/imports/scene";
import { insertImport, startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { database } from "@/lib/db/client";
import type { Claim, LaneRequest } from "@/lib/imports/queue/claim";
import { storeUnits } from "@/lib/imports/queue/store-plan";
import type { Unit, UnitPayload } from "@/lib/plan/unit";

export const DONE = { rows: 1, bytes: 1 };
export const ERROR = { code: "connect.lost" as const, context: {} };

const EMPTY = { copy: { parts: [] }, schema: { statements: [] }, post: { statements: [] }, analyze: { tables: [] } };

export const unit = (
  id: string,
  dependsOn: string[] = [],
  cost = 1,
  kind: "copy" | "schema" | "post" | "analyze" = "copy",
): Unit => ({
  id,
  subject: id,
  cost,
  dependsOn,
  payload: { kind, ...EMPTY[kind] } as UnitPayload,
});

/** For tests: the queues of imports that nothing else is known of. */
export interface QueueRig {
  metadata: TestDatabase;
  importId: string;
  /** Begins another import. */
  next(): Promise<void>;
  store(...units: Unit[]): Promise<void>;
  by(lane: number, epoch?: number): LaneRequest;
  claim(unitId: string, attempt?: number, epoch?: number): Claim;
  /** Id to state and what is still waited for. */
  states(): Promise<Record<string, string>>;
  /** `this < that`: the first waits for the second. */
  edges(): Promise<string[]>;
  expire(id: string): Promise<void>;
}

export async function startQueues(): Promise<QueueRig> {
  const metadata = await startMetadata();
  let count = 0;
  const rig: QueueRig = {
    metadata,
    importId: "",
    next: async () => {
      rig.importId = `01J${++count}`;
      await insertImport(metadata, rig.importId);
    },
    store: (...units) => database().transaction((tx) => storeUnits(tx, rig.importId, units)),
    by: (lane, epoch = 1) => ({ importId: rig.importId, run: 0, epoch, lane }),
    claim: (unitId, attempt = 1, epoch = 1) => ({ importId: rig.importId, run: 0, epoch, unitId, attempt }),
    states: async () => {
      const sql = "select id, state || ' ' || waiting_on as state from units where import_id = $1 order by id";
      const rows = await query<{ id: string; state: string }>(metadata.spec, sql, [rig.importId]);
      return Object.fromEntries(rows.map(({ id, state }) => [id, state]));
    },
    edges: async () => {
      const sql = "select unit_id || ' < ' || depends_on as edge from unit_edges where import_id = $1 order by 1";
      return (await query<{ edge: string }>(metadata.spec, sql, [rig.importId])).map(({ edge }) => edge);
    },
    expire: async (id) => {
      const sql = "update units set lease_until = now() - interval '1 second' where import_id = $1 and id = $2";
      await query(metadata.spec, sql, [rig.importId, id]);
    },
  };
  return rig;
}
