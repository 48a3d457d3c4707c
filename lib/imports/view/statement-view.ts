import type { StatementView } from ".";
import type { UnitRow } from "./unit-row";

/** Pure: those that are at work now, by lane. */
export function statementViews(units: UnitRow[]): StatementView[] {
  return units
    .flatMap(({ state, lane, kind, subject, statementProgress }) =>
      state === "running" && lane !== null && statementProgress ? [{ lane, kind, subject, ...statementProgress }] : [],
    )
    .sort((left, right) => left.lane - right.lane);
}
