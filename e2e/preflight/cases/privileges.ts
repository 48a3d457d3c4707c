import type { Case } from "./case";

export const privilegesCases: Case[] = [
  ["reader", "a closed table", "privileges.select", "block", /closed\.secret/],
  ["reader", "a closed sequence", "privileges.select", "block", /closed\.counter/],
  ["reader", "an open table", "privileges.select", "nothing", /shop\.orders/],
  ["plain", "a superuser", "privileges.select", "nothing"],
  ["shopOnly", "a closed table outside of the choice", "privileges.select", "nothing", /closed/],
  ["reader", "row security", "privileges.row_security", "block", /shop\.guarded/],
  ["reader", "row security that is forced", "privileges.row_security", "block", /closed\.forced/],
  ["reader", "no row security", "privileges.row_security", "nothing", /shop\.orders/],
  ["plain", "row security for a superuser", "privileges.row_security", "nothing"],
  ["objects", "large objects for a superuser", "privileges.large_objects", "nothing"],
];
