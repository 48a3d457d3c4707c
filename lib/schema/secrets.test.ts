import { describe, expect, it } from "vitest";
import { addedEntry } from "./added-entry";
import { withoutSecrets } from "./secrets";

const clean = (kind: string, statement: string) =>
  withoutSecrets({ entries: [addedEntry({ id: 1, kind, name: "x", statement })], serverVersion: "", dumpVersion: "" })
    .entries[0]?.statement;

describe("withoutSecrets", () => {
  it.each([
    [
      "a user mapping keeps only its user",
      "USER MAPPING",
      "CREATE USER MAPPING FOR public SERVER s OPTIONS (\n    password 'it''s, (secret)',\n    \"user\" 'u',\n    krb 'x'\n);",
      "CREATE USER MAPPING FOR public SERVER s OPTIONS (\"user\" 'u');",
    ],
    [
      "a user mapping with nothing else loses its list",
      "USER MAPPING",
      "CREATE USER MAPPING FOR public SERVER s OPTIONS (password 'p');",
      "CREATE USER MAPPING FOR public SERVER s ;",
    ],
    [
      "a server keeps its address",
      "SERVER",
      "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h', vault_access_key 'k', aws_session_token 't');",
      "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'h');",
    ],
    [
      "a subscription loses its connection",
      "SUBSCRIPTION",
      "CREATE SUBSCRIPTION s CONNECTION 'host=h password=p' PUBLICATION p WITH (connect = false);",
      "CREATE SUBSCRIPTION s CONNECTION '•••' PUBLICATION p WITH (connect = false);",
    ],
    [
      "settings of the database",
      "DATABASE PROPERTIES",
      "ALTER DATABASE d SET search_path TO 'a';\nALTER DATABASE d SET \"app.jwt_secret\" TO 'x; y';",
      "ALTER DATABASE d SET search_path TO 'a';\nALTER DATABASE d SET \"app.jwt_secret\" TO '•••';",
    ],
  ])("%s", (_, kind, statement, expected) => {
    expect(clean(kind, statement)).toBe(expected);
  });

  it("leaves everything else alone, down to the last character", () => {
    const statement = "CREATE FUNCTION f() AS $$ select 'password' OPTIONS (password 'x') $$;";
    expect(clean("FUNCTION", statement)).toBe(statement);
  });

  it("gives nothing of a statement that it cannot read", () => {
    expect(clean("USER MAPPING", "CREATE USER MAPPING FOR x SERVER s OPTIONS (password 'open")).toBe("");
  });
});
