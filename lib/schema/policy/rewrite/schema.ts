import type { RewriteRule } from "./index";

/** A schema that is there already, such as public, is not created again. */
export const rewriteSchema: RewriteRule = (statement, { kind, name }, { context: { target } }) =>
  kind === "SCHEMA" && target.schemas.includes(name)
    ? { statement: statement.replace(/^CREATE SCHEMA (?!IF NOT EXISTS)/, "CREATE SCHEMA IF NOT EXISTS ") }
    : null;
