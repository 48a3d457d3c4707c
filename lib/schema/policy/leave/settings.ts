import { bestEffort, type LeaveRule } from "../lens";

/** Settings of the database, and of roles in it. Which of them may be set is for the target to say. */
export const databaseSettingsRule: LeaveRule = ({ kind }) =>
  kind === "DATABASE PROPERTIES"
    ? bestEffort("settings of the database are carried where the target allows them")
    : null;
