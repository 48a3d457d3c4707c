import type { Case } from "./case";

export const targetCases: Case[] = [
  ["plain", "an empty target", "target.not_empty", "nothing"],
  ["superuser", "a target that is not empty", "target.not_empty", "block", /public\.mine/],
  ["plain", "its owner", "target.create", "nothing"],
  ["keep", "one who may not create there", "target.create", "block"],
  ["plain", "two databases", "target.same_database", "nothing"],
  ["plain", "two databases in UTF8", "target.encoding", "nothing"],
  ["plain", "a host that tells no region", "target.region", "nothing"],
];
