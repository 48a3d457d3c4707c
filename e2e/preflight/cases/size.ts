import type { Case } from "./case";

export const sizeCases: Case[] = [
  ["plain", "tables and their size", "size.database", "info", /\d+ tables with .* of data; the database takes \d/],
  ["plain", "an estimate", "size.estimate", "info", /^(?:Some|About .*) seconds for .* 2 lanes/],
  ["schemaOnly", "an estimate", "size.estimate", "info", /without rows/],
  ["plain", "an unlogged table", "size.unlogged", "info", /shop\.fleeting\.$/],
  ["alone", "an unlogged table", "size.unlogged", "warn", /Neon empties them.*shop\.fleeting/],
  ["neon", "an unlogged table", "size.unlogged", "warn", /shop\.fleeting/],
  ["plain", "logged tables", "size.unlogged", "nothing", /orders|customers/],
  ["plain", "large objects that are not asked for", "size.large_objects", "warn", /2 large objects/],
  ["objects", "large objects that are asked for", "size.large_objects", "info", /2 large objects/],
  ["schemaOnly", "large objects of which none is wanted", "size.large_objects", "nothing"],
  ["neon", "a plan's limit that is too small", "size.target_limit", "block", /may hold 1\.0 MB/],
  ["plain", "a target without a limit", "size.target_limit", "nothing"],
];
