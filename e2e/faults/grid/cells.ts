import type { Failpoint } from "@/lib/failpoints";
import { type Action, type ArmedFailpoint, failpointInWords } from "../failpoints";
import type { Mode } from "./modes";

/** One import that is struck at one failpoint. */
export interface Cell extends ArmedFailpoint {
  mode: Mode;
}

export const cellName = ({ name, of, action, nth, mode }: Cell): string =>
  `${name}${of === null ? "" : `/${of}`}:${action}:${nth}:${mode}`;

interface Row {
  name: Failpoint;
  actions: Action[];
  /** Passings at which it strikes; the first without them. */
  nth?: number[];
  of?: string[];
  mode?: Mode;
}

/** Beginnings of unit ids: all kinds that are in the ledger. */
const STRUCTURE = ["schema", "index", "attach", "constraint", "constraints", "validate", "post"];
const READING = ["copy", "large-objects", "sequence", "verify"];
const IN_LEDGER = [...STRUCTURE, ...READING, "refresh"];
const ALL = [...IN_LEDGER, "analyze"];

/** Of everything that makes sense at a boundary: a row may come again with other actions, passings or modes. */
const ROWS: Row[] = [
  { name: "move.untold", actions: ["error", "kill"], of: ["start", "pass", "succeed"] },
  { name: "move.untold", actions: ["hang"], of: ["pass", "succeed"] },
  { name: "move.untold", actions: ["error", "kill"], of: ["pause", "resume"], mode: "paused" },
  { name: "move.untold", actions: ["error", "kill"], of: ["fail", "retry"], mode: "failed" },
  { name: "move.untold", actions: ["error", "kill"], of: ["cancel"], mode: "cancelled" },
  { name: "start.moved", actions: ["error", "kill"] },
  { name: "start.sent", actions: ["error", "kill"] },
  { name: "start.sent", actions: ["error", "kill"], nth: [2], mode: "paused" },
  { name: "start.sent", actions: ["error", "kill"], nth: [2], mode: "failed" },
  { name: "pause.moved", actions: ["error", "kill"], mode: "paused" },
  { name: "resume.moved", actions: ["error", "kill"], mode: "paused" },
  { name: "retry.moved", actions: ["error", "kill"], mode: "failed" },
  { name: "retry.revived", actions: ["error", "kill"], mode: "failed" },
  { name: "fail.moved", actions: ["error", "kill"], mode: "failed" },
  { name: "cancel.moved", actions: ["error", "kill"], mode: "cancelled" },
  { name: "cancel.sent", actions: ["error", "kill"], mode: "cancelled" },
  { name: "gate.checked", actions: ["error", "kill", "hang"] },
  { name: "gate.recorded", actions: ["error", "kill", "hang"] },
  { name: "prepare.made", actions: ["error", "kill"] },
  { name: "prepare.recorded", actions: ["error", "kill"] },
  { name: "prepare.laid-out", actions: ["error", "kill", "hang"] },
  { name: "epoch.opened", actions: ["error", "kill", "hang"] },
  { name: "epoch.opened", actions: ["kill"], nth: [2], mode: "lost" },
  { name: "epoch.keeper-asked", actions: ["error", "kill", "hang"] },
  { name: "epoch.keeper-asked", actions: ["kill"], nth: [2], mode: "lost" },
  { name: "plan.begun", actions: ["error", "kill"] },
  { name: "keeper.fresh", actions: ["error", "kill", "reset", "hang"] },
  { name: "keeper.fresh", actions: ["kill"], nth: [2], mode: "lost" },
  { name: "keeper.recorded", actions: ["error", "kill", "reset", "hang"] },
  { name: "keeper.recorded", actions: ["error", "kill", "reset", "hang"], nth: [2], mode: "short" },
  { name: "keeper.taken-over", actions: ["error", "kill", "reset", "hang"], mode: "short" },
  { name: "keeper.taken-over", actions: ["kill"], nth: [2], mode: "short" },
  { name: "keeper.asked", actions: ["error", "kill", "reset", "hang"], mode: "short" },
  { name: "keeper.succeeded", actions: ["error", "kill", "reset", "hang"], mode: "short" },
  { name: "keeper.closed", actions: ["error", "kill"], nth: [1, 2], mode: "short" },
  { name: "keeper.marked-lost", actions: ["error", "kill", "hang"], mode: "lost" },
  { name: "plan.read", actions: ["error", "kill", "reset", "hang"] },
  { name: "plan.read", actions: ["kill", "hang"], mode: "short" },
  { name: "plan.half-stored", actions: ["error", "kill"] },
  { name: "plan.before-commit", actions: ["error", "kill", "hang"] },
  { name: "plan.committed", actions: ["error", "kill", "hang"] },
  { name: "plan.compared", actions: ["error", "kill"], mode: "lost" },
  { name: "unit.claimed", actions: ["kill"], of: ALL },
  { name: "unit.claimed", actions: ["error", "hang"], nth: [3] },
  { name: "unit.claimed", actions: ["kill"], of: ["count"], mode: "counted" },
  { name: "ledger.entered", actions: ["kill"], of: ["count"], mode: "counted" },
  { name: "ledger.worked", actions: ["kill", "reset", "hang"], of: ["count"], mode: "counted" },
  { name: "ledger.committed", actions: ["kill", "hang"], of: ["count"], mode: "counted" },
  { name: "unit.done", actions: ["kill"], of: ["count"], mode: "counted" },
  { name: "unit.settled", actions: ["kill"], of: ["count"], mode: "counted" },
  { name: "split.recorded", actions: ["kill"], of: ["verify"], mode: "counted" },
  { name: "split.stored", actions: ["kill"], of: ["verify"], mode: "counted" },
  { name: "ledger.entered", actions: ["kill"], of: IN_LEDGER },
  { name: "ledger.entered", actions: ["error", "reset", "hang"], nth: [1, 9] },
  { name: "ledger.worked", actions: ["kill", "reset"], of: IN_LEDGER },
  { name: "ledger.worked", actions: ["error", "hang"], of: ["schema", "copy", "index", "verify", "post"] },
  { name: "ledger.worked", actions: ["kill", "hang"], of: ["copy"], nth: [3], mode: "short" },
  { name: "ledger.committed", actions: ["kill"], of: IN_LEDGER },
  // The first is the largest table, which is emptied before it is filled: what is done twice shows in the small ones.
  { name: "ledger.committed", actions: ["kill", "hang"], of: ["copy"], nth: [2, 3] },
  { name: "ledger.committed", actions: ["error", "reset", "hang"], nth: [1, 9] },
  { name: "ledger.committed", actions: ["kill", "hang"], of: ["copy"], mode: "short" },
  { name: "copy.emptied", actions: ["error", "kill", "reset"] },
  { name: "copy.half", actions: ["kill", "reset"], nth: [1, 40] },
  { name: "copy.half", actions: ["kill", "reset", "hang"], nth: [30], mode: "short" },
  { name: "copy.table-done", actions: ["error", "kill", "reset"], nth: [1, 6] },
  { name: "copy.cut", actions: ["error", "kill", "reset", "hang"], mode: "short" },
  { name: "objects.half", actions: ["error", "kill", "reset", "hang"], nth: [1, 4] },
  { name: "objects.cut", actions: ["error", "kill", "reset"], mode: "short" },
  { name: "objects.made", actions: ["error", "kill", "reset", "hang"], mode: "short" },
  { name: "split.recorded", actions: ["error", "kill", "hang"], of: ["copy", "large-objects"], mode: "short" },
  { name: "split.half", actions: ["error", "kill", "hang"], nth: [1, 2], mode: "short" },
  { name: "split.stored", actions: ["error", "kill", "hang"], nth: [1, 2], mode: "short" },
  { name: "unit.done", actions: ["kill"], of: ALL },
  { name: "unit.done", actions: ["error", "hang"], nth: [4] },
  { name: "unit.settled", actions: ["kill"], of: ALL },
  { name: "unit.settled", actions: ["error", "hang"], nth: [4] },
  { name: "unit.postponing", actions: ["error", "kill", "hang"], mode: "postponed" },
  { name: "detached.marked", actions: ["error", "kill", "hang"], mode: "detached" },
  { name: "detached.sent", actions: ["error", "kill", "reset", "hang"], mode: "detached" },
  { name: "detached.watched", actions: ["error", "kill", "reset", "hang"], mode: "detached" },
  { name: "detached.left", actions: ["error", "kill", "hang"], mode: "detached" },
  { name: "detached.ended", actions: ["error", "kill", "hang"], mode: "at-once" },
  { name: "statements.ending", actions: ["error", "kill"], mode: "cancelled" },
  { name: "clean-up.left", actions: ["error", "kill"], mode: "cancelled" },
  { name: "clean-up.wiping", actions: ["error", "kill"], mode: "cancelled" },
  { name: "change.raised", actions: ["error", "kill", "reset", "hang"], mode: "lost" },
  { name: "change.constraints-dropped", actions: ["error", "kill", "reset"], mode: "lost" },
  { name: "change.emptied", actions: ["error", "kill", "reset", "hang"], mode: "lost" },
  { name: "change.committed", actions: ["error", "kill", "hang"], mode: "lost" },
  { name: "change.reset", actions: ["error", "kill", "hang"], mode: "lost" },
  { name: "change.stored", actions: ["error", "kill", "hang"], mode: "lost" },
  { name: "verify.dumped", actions: ["error", "kill", "hang"] },
  { name: "verify.forgotten", actions: ["error", "kill"] },
  { name: "verify.stored", actions: ["error", "kill"] },
  { name: "finish.judged", actions: ["error", "kill", "hang"] },
  { name: "finish.ledger-dropped", actions: ["error", "kill", "hang"] },
  { name: "finish.wiped", actions: ["error", "kill", "hang"] },
  { name: "finish.moved", actions: ["error", "kill", "hang"] },
  { name: "notify.posting", actions: ["error", "kill", "hang"], mode: "told" },
  { name: "notify.posted", actions: ["error", "kill", "hang"], mode: "told" },
];

export const CELLS: readonly Cell[] = ROWS.flatMap(({ name, actions, nth = [1], of = [null], mode = "long" }) =>
  of.flatMap((unit: string | null) =>
    actions.flatMap((action) => nth.map((n): Cell => ({ name, of: unit, action, nth: n, mode }))),
  ),
);

/** Those of a name as the table prints it, or of the beginning of one: a failpoint's, for example. */
export function cellsNamed(text: string): Cell[] {
  return CELLS.filter((cell) => {
    const name = cellName(cell);
    return name === text || name.startsWith(`${text}:`) || name.startsWith(`${text}/`);
  });
}

export const failpointsOf = (cell: Cell, before: string | null): string =>
  [...(before === null ? [] : [before]), failpointInWords(cell)].join(",");
