import { describe, expect, it } from "vitest";
import { decide, tablesWithRows } from "./decide";
import { cases, keep, routine } from "./decide-cases";
import { archiveOf, contextOf, verdictsOn } from "./fixture";
import { rewriteCases } from "./rewrite-cases";

describe("the policy on", () => {
  it.each(Object.entries({ ...rewriteCases, ...cases }))("%s", (_, { entry, changes, action, statement, reason }) => {
    const [found] = [...verdictsOn(archiveOf([{ name: "x", schema: "s", ...entry }]), changes).values()].filter(
      (verdict) => verdict.entry.kind !== "ROLE",
    );
    expect(found?.action).toBe(action);
    if (typeof statement === "string") expect(found?.statement).toBe(statement);
    else if (statement) expect(found?.statement).toMatch(statement);
    if (reason) expect(found?.reason).toMatch(reason);
    if (action === "skip" || action === "block") expect(found?.reason).toBeTruthy();
  });
});

describe("what needs something that is left out", () => {
  const provider = {
    name: "Supabase",
    schemas: ["auth"],
    extensions: ["pg_graphql"],
    publications: ["realtime"],
    eventTriggers: [],
    movedSchemas: {},
  };

  it("is left out with it, and stops the import where rows would be lost", () => {
    const archive = archiveOf([
      { kind: "EXTENSION", name: "postgis" },
      { kind: "TABLE", name: "places", schema: "s", needs: ["postgis"] },
      { kind: "COMMENT", name: "TABLE places", schema: "s", needs: ["places"] },
      { kind: "FUNCTION", name: "near()", schema: "s", statement: routine("LANGUAGE sql"), needs: ["postgis"] },
      { kind: "VIEW", name: "close", schema: "s", needs: ["near()"] },
      { kind: "TABLE", name: "others", schema: "s" },
    ]);
    const verdicts = verdictsOn(archive);
    expect(verdicts.get("postgis")).toMatchObject({
      action: "block",
      reason: "the target does not offer this extension, and it is needed by table s.places, function s.near()",
    });
    expect(verdicts.get("places")).toMatchObject({ action: "block" });
    expect(verdicts.get("TABLE places")?.reason).toBe("it belongs to table s.places, which is left out");
    expect(verdicts.get("close")).toMatchObject({ action: "skip", reason: /needs function s.near\(\)/ });
    expect(verdicts.get("others")?.action).toBe("apply");
  });

  it("is a provider's, and what points into its schemas", () => {
    const archive = archiveOf([
      { kind: "SCHEMA", name: "auth" },
      { kind: "TABLE", name: "users", schema: "auth" },
      { kind: "EXTENSION", name: "pg_graphql" },
      { kind: "PUBLICATION", name: "realtime" },
      { kind: "TABLE", name: "orders", schema: "public" },
      { kind: "FK CONSTRAINT", name: "orders orders_user_fkey", schema: "public", needs: ["orders", "users"] },
      {
        kind: "POLICY",
        name: "orders mine",
        schema: "public",
        statement: "CREATE POLICY mine ON public.orders USING (auth.uid());",
        needs: ["orders", "users"],
      },
      {
        kind: "POLICY",
        name: "orders strict",
        schema: "public",
        statement: "CREATE POLICY strict ON public.orders AS RESTRICTIVE USING (auth.uid());",
        needs: ["orders", "users"],
      },
    ]);
    const verdicts = verdictsOn(archive, { provider });
    expect(Object.fromEntries([...verdicts].map(([name, { action }]) => [name, action]))).toEqual({
      auth: "skip",
      users: "skip",
      pg_graphql: "skip",
      realtime: "skip",
      orders: "apply",
      "orders orders_user_fkey": "skip",
      "orders mine": "skip",
      "orders strict": "block",
    });
    expect(verdicts.get("users")?.reason).toBe("it is in schema auth of Supabase");
  });

  it("is not what a provider keeps in a schema of its own and belongs elsewhere", () => {
    const archive = archiveOf([
      { kind: "SCHEMA", name: "heroku_ext" },
      {
        kind: "EXTENSION",
        name: "citext",
        statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA heroku_ext;",
        needs: ["heroku_ext"],
      },
      {
        name: "t",
        schema: "public",
        statement: "CREATE TABLE public.t (\n    a heroku_ext.citext DEFAULT 'heroku_ext.x'::heroku_ext.citext\n);",
        needs: ["citext"],
      },
    ]);
    const heroku = { ...provider, name: "Heroku", movedSchemas: { heroku_ext: "public" } };
    const verdicts = verdictsOn(archive, { provider: heroku });
    expect(verdicts.get("heroku_ext")?.action).toBe("skip");
    expect(verdicts.get("citext")).toMatchObject({
      action: "rewrite",
      statement: "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;",
      reason: "it is moved out of a schema of Heroku",
    });
    expect(verdicts.get("t")?.statement).toBe(
      "CREATE TABLE public.t (\n    a public.citext DEFAULT 'heroku_ext.x'::public.citext\n);",
    );
  });

  it("does not hold up views that read each other", () => {
    const archive = archiveOf([
      { kind: "VIEW", name: "a", schema: "s", needs: ["b"] },
      { kind: "VIEW", name: "b", schema: "s", needs: ["a", "gone()"] },
      { kind: "FUNCTION", name: "gone()", schema: "s", statement: routine("LANGUAGE c") },
    ]);
    expect([...verdictsOn(archive).values()].map(({ action }) => action)).toEqual(["skip", "skip", "skip"]);
  });
});

describe("owners", () => {
  const archive = archiveOf([
    { kind: "SCHEMA", name: "s", owner: "boss", dropStatement: "DROP SCHEMA s;" },
    { kind: "SEQUENCE", name: "seq", schema: "s", owner: "boss", dropStatement: "DROP SEQUENCE s.seq;" },
    { kind: "TABLE", name: "T", schema: "s", owner: "boss", dropStatement: 'DROP TABLE s."T";' },
    {
      kind: "FUNCTION",
      name: "f(integer)",
      schema: "s",
      owner: "helper",
      statement: routine("LANGUAGE sql"),
      dropStatement: "DROP FUNCTION s.f(a integer);",
    },
    { kind: "INDEX", name: "i", schema: "s", owner: "boss", needs: ["T"] },
    { kind: "ACL", name: "TABLE T", schema: "s", statement: 'GRANT SELECT ON TABLE s."T" TO reader;', needs: ["T"] },
  ]);

  it("are the importing role by default", () => {
    expect(decide(archive, contextOf()).map(({ entry }) => entry.kind)).not.toContain("OWNER");
  });

  it("are kept: missing roles first, objects before their schema, grants after their owners", () => {
    const verdicts = decide(archive, contextOf(keep));
    expect(verdicts.map(({ entry }) => entry.kind)).toEqual([
      ...["ROLE", "ROLE", "SCHEMA", "SEQUENCE", "TABLE", "FUNCTION", "INDEX"],
      ...["OWNER", "OWNER", "OWNER", "OWNER", "ACL"],
    ]);
    expect(verdicts[0]?.statement).toBe('CREATE ROLE "boss" NOLOGIN;\nGRANT "boss" TO CURRENT_USER;');
    const owners = verdicts.filter(({ entry }) => entry.kind === "OWNER").map(({ statement }) => statement);
    expect(owners.map((statement) => /^ALTER .*$/m.exec(statement)?.[0])).toEqual([
      'ALTER TABLE "s"."T" OWNER TO "boss";',
      'ALTER FUNCTION s.f(a integer) OWNER TO "helper";',
      'ALTER SEQUENCE "s"."seq" OWNER TO "boss";',
      'ALTER SCHEMA "s" OWNER TO "boss";',
    ]);
    expect(owners[0]).toMatch(/^GRANT CREATE ON SCHEMA "s" TO "boss";\n.*\nREVOKE CREATE/);
  });

  it("are mapped, and all others stay with the importing role", () => {
    const verdicts = decide(archive, contextOf({ ownership: { mode: "map", roles: { boss: "reader" } } }));
    const owners = verdicts.filter(({ entry }) => entry.kind === "OWNER");
    expect(owners.map(({ entry }) => entry.name)).toEqual(["T", "seq", "s"]);
    expect(verdicts.some(({ entry }) => entry.kind === "ROLE")).toBe(false);
  });
});

it("says of which tables the rows are wanted", () => {
  const archive = archiveOf([
    { kind: "TABLE", name: "chosen", schema: "a", needs: ["parent"] },
    { kind: "TABLE", name: "parent", schema: "b" },
    { kind: "TABLE", name: "other", schema: "b" },
  ]);
  const verdicts = decide(archive, contextOf({ filter: { schemas: ["a"], tables: [], excludeTables: [] } }));
  expect(tablesWithRows(verdicts).map(({ name }) => name)).toEqual(["chosen"]);
});

it("does not stop for an extension that only something outside of the choice needs", () => {
  const archive = archiveOf([
    { kind: "EXTENSION", name: "pg_graphql" },
    { kind: "TABLE", name: "places", schema: "s", needs: ["pg_graphql"] },
    { kind: "TABLE", name: "orders", schema: "s" },
  ]);
  const excludeTables = [{ schema: "s", name: "places" }];
  expect(verdictsOn(archive).get("pg_graphql")?.action).toBe("block");
  const chosen = verdictsOn(archive, { filter: { schemas: [], tables: [], excludeTables } });
  const actions = Object.fromEntries([...chosen].map(([name, { action }]) => [name, action]));
  expect(actions).toEqual({ pg_graphql: "skip", places: "skip", orders: "apply" });
});
