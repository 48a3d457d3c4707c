import { type Case, routine, superuser } from "./decide-cases";

/** How an entry by itself is written for the target, which is the fixture's but for the changes. */
export const rewriteCases: Record<string, Case> = {
  "a table": { entry: { kind: "TABLE", statement: "CREATE TABLE s.t ();" }, action: "apply" },
  "a kind that nobody knows": { entry: { kind: "NOVELTY", statement: "CREATE NOVELTY x;" }, action: "apply" },
  "a schema that is there": {
    entry: { kind: "SCHEMA", name: "public", statement: "CREATE SCHEMA public;" },
    action: "rewrite",
    statement: "CREATE SCHEMA IF NOT EXISTS public;",
  },
  "a tablespace": {
    entry: { kind: "INDEX", statement: "CREATE INDEX i ON s.t;", tablespace: "fast" },
    action: "rewrite",
    statement: "CREATE INDEX i ON s.t;",
    reason: /tablespace fast is left out/,
  },
  "an access method that is not there": {
    entry: { kind: "TABLE", statement: "CREATE TABLE s.t ();", accessMethod: "columnar", relationKind: "r" },
    action: "rewrite",
    statement: "CREATE TABLE s.t ();",
    reason: /columnar is not there/,
  },
  "an access method that is there": {
    entry: { kind: "TABLE", statement: "CREATE TABLE s.t ();", accessMethod: "columnar", relationKind: "r" },
    changes: { target: { accessMethods: ["heap", "columnar"] } },
    action: "rewrite",
    statement: /^SET LOCAL default_table_access_method = "columnar";\nCREATE TABLE/,
  },
  "a private option of the server": {
    entry: {
      kind: "TABLE",
      statement:
        "CREATE TABLE s.t (\n    a integer\n);\nALTER TABLE ONLY s.t ALTER COLUMN a SET (pg_attver=5);\nALTER TABLE ONLY s.t ALTER COLUMN b SET (pg_attver=1, n_distinct=5);",
    },
    action: "rewrite",
    statement: "CREATE TABLE s.t (\n    a integer\n);\nALTER TABLE ONLY s.t ALTER COLUMN b SET (n_distinct=5);",
  },
  "text that only mentions a private option": {
    entry: { kind: "COMMENT", name: "TABLE t", statement: "COMMENT ON TABLE s.t IS 'SET (pg_attver=1)';" },
    action: "apply",
  },
  "an index option that is retired": {
    entry: {
      kind: "INDEX",
      statement: "CREATE INDEX i ON s.t USING btree (a) WITH (vacuum_cleanup_index_scale_factor='0.1');",
    },
    action: "rewrite",
    statement: "CREATE INDEX i ON s.t USING btree (a);",
    reason: /vacuum_cleanup_index_scale_factor is no longer known/,
  },
  "the same on a server that knows it": {
    entry: {
      kind: "INDEX",
      statement: "CREATE INDEX i ON s.t USING btree (a) WITH (vacuum_cleanup_index_scale_factor='0.1');",
    },
    changes: { target: { versionNumber: 130_005 } },
    action: "apply",
  },
  "a leakproof function": {
    entry: { kind: "FUNCTION", statement: routine("LANGUAGE sql LEAKPROOF STRICT") },
    action: "rewrite",
    statement: routine("LANGUAGE sql STRICT"),
    reason: /LEAKPROOF/,
  },
  "a leakproof function for a superuser": {
    entry: { kind: "FUNCTION", statement: routine("LANGUAGE sql LEAKPROOF STRICT") },
    changes: superuser,
    action: "apply",
  },
  "a function with a setting that is gone": {
    entry: {
      kind: "FUNCTION",
      statement: routine("LANGUAGE sql\n    SET default_with_oids TO 'on'\n    SET work_mem TO '8MB'"),
    },
    action: "rewrite",
    statement: /LANGUAGE sql\s+SET work_mem TO '8MB'/,
    reason: /default_with_oids is left out/,
  },
  "a function with a setting of the user's own": {
    entry: { kind: "FUNCTION", statement: routine(`LANGUAGE sql\n    SET "app.x" TO 'y'`) },
    action: "rewrite",
    reason: /app.x is left out: on the target only a superuser/,
  },
  "the same before version 15": {
    entry: { kind: "FUNCTION", statement: routine(`LANGUAGE sql\n    SET "app.x" TO 'y'`) },
    changes: { target: { versionNumber: 140_001 } },
    action: "apply",
  },
  "a database that refuses writes": {
    entry: {
      kind: "DATABASE PROPERTIES",
      name: "shop",
      statement: "ALTER DATABASE shop SET default_transaction_read_only TO 'on';",
    },
    action: "skip",
    reason: /the target would refuse writes/,
  },
};
