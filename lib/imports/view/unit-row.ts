import type { UnitKind } from "@/lib/plan/unit";
import type { StatementProgress } from "@/lib/postgres/statement-progress";
import type { UnitResult } from "../queue/settle";

/** What the view needs of a unit: not its statements. */
export interface UnitRow {
  id: string;
  kind: UnitKind;
  subject: string;
  state: "ready" | "running" | "done" | "failed";
  cost: number;
  lane: number | null;
  rowsDone: number;
  bytesDone: number;
  /** Only of a statement that takes long. */
  statementProgress: StatementProgress | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** Oids of the tables it is about. */
  tables: number[];
  tableResults: NonNullable<UnitResult["tables"]>;
}
