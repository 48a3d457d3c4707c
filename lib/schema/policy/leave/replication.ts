import { isSuperuserLike, type PolicyTarget } from "../context";
import { type LeaveRule, type Leaving, skip } from "../lens";

/** Subscriptions never come along. Publications do, except that a wide one needs a superuser. */
export const replicationRule: LeaveRule = ({ kind, statement }, { context: { target } }) => {
  if (kind.startsWith("SUBSCRIPTION")) {
    return skip("it would start to replicate into the target; create it there when you want that");
  }
  const wide =
    kind === "PUBLICATION TABLES IN SCHEMA" || (kind === "PUBLICATION" && / FOR ALL TABLES\b/.test(statement));
  return wide ? widePublicationLeaving(target) : null;
};

/** Of one that takes in all tables, of the database or of a schema. */
export const widePublicationLeaving = (target: PolicyTarget): Leaving | null =>
  isSuperuserLike(target) ? null : skip("a publication of all tables needs a superuser on the target");
