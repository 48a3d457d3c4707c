import type { ArchiveEntry } from "../archive";
import type { Action } from "./context";
import type { ContextChanges } from "./fixture";

export const superuser: ContextChanges = { target: { isSuperuser: true } };
const neon: ContextChanges = { target: { isNeon: true } };
export const keep: ContextChanges = { ownership: { mode: "keep" } };

export interface Case {
  entry: Partial<ArchiveEntry>;
  changes?: ContextChanges;
  action: Action;
  statement?: string | RegExp;
  reason?: RegExp;
}

export const routine = (options: string, body = "select 1") =>
  `CREATE FUNCTION s.f() RETURNS integer\n    ${options}\n    AS $$ ${body} $$;`;

/** What the rights of the importing role, and what else there is on the target, mean for an entry by itself. */
export const cases: Record<string, Case> = {
  "a function in C": {
    entry: { kind: "FUNCTION", statement: routine("LANGUAGE c") },
    action: "skip",
    reason: /language c/,
  },
  "a function in C for a superuser": {
    entry: { kind: "FUNCTION", statement: routine("LANGUAGE c") },
    changes: superuser,
    action: "apply",
  },
  "an operator class": { entry: { kind: "OPERATOR CLASS" }, action: "skip", reason: /needs a superuser/ },
  "a base type": {
    entry: { kind: "TYPE", statement: "CREATE TYPE s.t (\n    INTERNALLENGTH = 4,\n    INPUT = s.in\n);" },
    action: "skip",
    reason: /base type/,
  },
  "a type that waits for its functions": { entry: { kind: "TYPE", statement: "CREATE TYPE s.t;" }, action: "skip" },
  "an enum": { entry: { kind: "TYPE", statement: "CREATE TYPE s.t AS ENUM (\n    'a'\n);" }, action: "apply" },
  "a range": {
    entry: { kind: "TYPE", statement: "CREATE TYPE s.t AS RANGE (\n    subtype = text\n);" },
    action: "apply",
  },
  "an event trigger": { entry: { kind: "EVENT TRIGGER" }, action: "skip", reason: /superuser/ },
  "an event trigger on Neon": { entry: { kind: "EVENT TRIGGER" }, changes: neon, action: "best-effort" },
  "an aggregate over internal state": {
    entry: {
      kind: "AGGREGATE",
      statement: "CREATE AGGREGATE s.a(integer) (\n    SFUNC = f,\n    STYPE = internal\n);",
    },
    action: "skip",
  },
  "a publication of everything": {
    entry: { kind: "PUBLICATION", statement: "CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 'insert');" },
    action: "skip",
    reason: /superuser/,
  },
  "a publication of everything on Neon": {
    entry: { kind: "PUBLICATION", statement: "CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 'insert');" },
    changes: neon,
    action: "apply",
  },
  "a subscription": {
    entry: { kind: "SUBSCRIPTION" },
    changes: superuser,
    action: "skip",
    reason: /start to replicate/,
  },
  grants: {
    entry: { kind: "ACL", name: "TABLE t", statement: "GRANT SELECT ON TABLE s.t TO reader;" },
    action: "skip",
    reason: /grants/,
  },
  "default privileges": { entry: { kind: "DEFAULT ACL" }, action: "skip", reason: /grants/ },
  "grants that are kept": {
    entry: { kind: "ACL", name: "TABLE t", statement: "GRANT SELECT ON TABLE s.t TO reader;" },
    changes: keep,
    action: "apply",
  },
  "grants by another role": {
    entry: {
      kind: "ACL",
      name: "TABLE t",
      statement: "SET SESSION AUTHORIZATION reader;\nGRANT SELECT ON TABLE s.t TO other;\nRESET SESSION AUTHORIZATION;",
    },
    changes: keep,
    action: "rewrite",
    statement: "SET LOCAL ROLE reader;\nGRANT SELECT ON TABLE s.t TO other;\nRESET ROLE;",
  },
  "grants that are mapped": {
    entry: {
      kind: "ACL",
      name: "TABLE t",
      statement:
        "REVOKE ALL ON TABLE s.t FROM PUBLIC;\nGRANT SELECT ON TABLE s.t TO old WITH GRANT OPTION;\nGRANT SELECT ON TABLE s.t TO other;",
    },
    changes: { ownership: { mode: "map", roles: { old: "reader" } } },
    action: "rewrite",
    statement: 'REVOKE ALL ON TABLE s.t FROM PUBLIC;\nGRANT SELECT ON TABLE s.t TO "reader" WITH GRANT OPTION;',
    reason: /grants that name other are left out/,
  },
  "a policy for a role that may be created": {
    entry: { kind: "POLICY", name: "t p", statement: "CREATE POLICY p ON s.t FOR SELECT TO missing USING (true);" },
    action: "apply",
  },
  "a policy for a role that may not": {
    entry: {
      kind: "POLICY",
      name: "t p",
      statement: "CREATE POLICY p ON s.t FOR SELECT TO missing, reader USING (true);",
    },
    changes: { target: { mayCreateRoles: false } },
    action: "skip",
    reason: /role missing, which the target lacks/,
  },
  "a restrictive policy for a role that may not": {
    entry: { kind: "POLICY", name: "t p", statement: "CREATE POLICY p ON s.t AS RESTRICTIVE TO missing USING (true);" },
    changes: { target: { mayCreateRoles: false } },
    action: "block",
    reason: /more rows would be visible/,
  },
  "a policy for a role that is mapped": {
    entry: {
      kind: "POLICY",
      name: "t p",
      statement: "CREATE POLICY p ON s.t TO old, \"Other\" USING ((a = 'to old'));",
    },
    changes: { ownership: { mode: "map", roles: { old: "reader" } } },
    action: "rewrite",
    statement: 'CREATE POLICY p ON s.t TO "reader", "Other" USING ((a = \'to old\'));',
  },
  "a comment on an extension": {
    entry: { kind: "COMMENT", name: "EXTENSION citext", statement: "COMMENT ON EXTENSION citext IS 'x';" },
    action: "best-effort",
  },
  "a security label": {
    entry: { kind: "SECURITY LABEL", statement: "SECURITY LABEL FOR anon ON COLUMN s.t.a IS 'MASKED';" },
    action: "skip",
    reason: /no provider anon/,
  },
  "settings of the database": {
    entry: {
      kind: "DATABASE PROPERTIES",
      name: "shop",
      statement:
        "ALTER DATABASE shop SET search_path TO 'a', 'b';\nALTER DATABASE shop SET \"app.key\" TO '•••';\nALTER DATABASE shop CONNECTION LIMIT = 5;\nALTER ROLE missing IN DATABASE shop SET work_mem TO '1MB';\nALTER ROLE reader IN DATABASE shop SET work_mem TO '1MB';",
    },
    action: "best-effort",
    statement: `ALTER DATABASE "arrived" SET search_path TO 'a', 'b';`,
    reason: /app.key is left out: it may hold a secret; settings of role missing are left out; settings of role reader/,
  },
  "a user mapping": {
    entry: { kind: "USER MAPPING", statement: "CREATE USER MAPPING FOR reader SERVER s;" },
    action: "best-effort",
    reason: /password is not carried/,
  },
  "a user mapping of a role that is not there": {
    entry: { kind: "USER MAPPING", statement: "CREATE USER MAPPING FOR missing SERVER s;" },
    action: "skip",
  },
  "an extension of the same version": {
    entry: {
      kind: "EXTENSION",
      name: "citext",
      statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;",
    },
    changes: { sourceExtensions: [{ name: "citext", version: "1.6" }] },
    action: "apply",
  },
  "an extension of another version": {
    entry: {
      kind: "EXTENSION",
      name: "citext",
      statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;",
    },
    changes: { sourceExtensions: [{ name: "citext", version: "1.5" }] },
    action: "rewrite",
    reason: /version 1.5 on the source, 1.6 here/,
  },
  "an extension that only a superuser may create": {
    entry: { kind: "EXTENSION", name: "postgres_fdw" },
    action: "skip",
    reason: /only a superuser/,
  },
  "the same on Neon": { entry: { kind: "EXTENSION", name: "postgres_fdw" }, changes: neon, action: "apply" },
  "an extension that is not there, and is not used": {
    entry: { kind: "EXTENSION", name: "pg_graphql" },
    action: "skip",
    reason: /does not offer this extension; nothing in the definitions uses it/,
  },
  "an extension that the target has in another schema": {
    entry: { kind: "EXTENSION", name: "citext", statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA ext;" },
    changes: {
      target: {
        extensions: [
          {
            name: "citext",
            defaultVersion: "1.6",
            versions: [],
            installed: { version: "1.6", schema: "public" },
            trusted: true,
          },
        ],
      },
    },
    action: "rewrite",
    statement: 'ALTER EXTENSION "citext" SET SCHEMA ext;',
  },
};
