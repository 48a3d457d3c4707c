import { splitStatements } from "../sql/statements";
import type { Verdict } from "./context";

const SETTING_ENTRY_ID = -3_000_000;

/**
 * Settings of the database come last, since sessions that are opened later work under them, and each is tried by
 * itself, so that one that the target refuses takes no other along.
 */
export function settingsLast(verdicts: readonly Verdict[]): Verdict[] {
  const isSetting = ({ entry, statement }: Verdict) => entry.kind === "DATABASE PROPERTIES" && statement !== "";
  const settings = verdicts.filter(isSetting).flatMap((verdict) =>
    (splitStatements(verdict.statement) ?? []).map(({ text }, index): Verdict => {
      const entry = { ...verdict.entry, id: SETTING_ENTRY_ID + index, section: "post-data" as const };
      return { ...verdict, entry, statement: `${text};` };
    }),
  );
  return [...verdicts.filter((verdict) => !isSetting(verdict)), ...settings];
}
