import type { LeaveRule, Leaving } from "../lens";
import { extensionRule } from "./extensions";
import { foreignRule } from "./foreign";
import { grantRule } from "./grants";
import { providerRule } from "./provider";
import { remarkRule } from "./remarks";
import { replicationRule } from "./replication";
import { rolePolicyRule } from "./role-policies";
import { databaseSettingsRule } from "./settings";
import { superuserRule } from "./superuser";

/** The first that has something to say decides: what is not the user's comes before what cannot be done. */
const RULES: readonly LeaveRule[] = [
  providerRule,
  grantRule,
  extensionRule,
  replicationRule,
  foreignRule,
  superuserRule,
  rolePolicyRule,
  databaseSettingsRule,
  remarkRule,
];

export const leaveRule: LeaveRule = (entry, lens) => {
  let leaving: Leaving | null = null;
  for (const rule of RULES) {
    leaving = rule(entry, lens);
    if (leaving) break;
  }
  return leaving;
};
