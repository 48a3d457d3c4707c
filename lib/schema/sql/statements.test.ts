import { describe, expect, it } from "vitest";
import { routineFacts } from "./routine";
import { splitStatements } from "./statements";

const texts = (sql: string) => splitStatements(sql)?.map(({ text }) => text);

describe("splitStatements", () => {
  it.each([
    ["two", "a; b;", ["a", "b"]],
    ["one without its semicolon", "a", ["a"]],
    ["semicolons within strings", "select ';' ; x", ["select ';'", "x"]],
    ["nothing between", ";;", []],
    ["remarks between", "-- one;\na;\n-- two\nb;", ["a", "b"]],
    [
      "a standard body with CASE",
      "create function f() begin atomic select case when a then b end; select 2; end; comment on x;",
      ["create function f() begin atomic select case when a then b end; select 2; end", "comment on x"],
    ],
  ])("reads %s", (_, sql, expected) => {
    expect(texts(sql)).toEqual(expected);
  });

  it("draws no conclusion from text that is cut off", () => {
    expect(splitStatements("a; 'b")).toBeNull();
  });
});

describe("routineFacts", () => {
  const head = (options: string, name = "f") =>
    `CREATE FUNCTION app.${name}(leakproof integer DEFAULT 1, language text) RETURNS app.leakproof\n    ${options}\n    AS $$ SET x TO 1 LANGUAGE c LEAKPROOF $$;`;

  it("reads language and options from the head, not from names, parameters or body", () => {
    expect(routineFacts(head("LANGUAGE sql IMMUTABLE", "leakproof"))).toEqual({
      language: "sql",
      leakproof: null,
      settings: [],
    });
    expect(routineFacts(head("LANGUAGE plpgsql LEAKPROOF")).leakproof?.text).toBe("LEAKPROOF");
  });

  it("finds settings with their place", () => {
    const statement = head(`LANGUAGE sql\n    SET search_path TO 'a', 'b'\n    SET "app.x" TO 'y'`);
    const { settings } = routineFacts(statement);
    expect(settings.map(({ name, start, end }) => [name, statement.slice(start, end)])).toEqual([
      ["search_path", "SET search_path TO 'a', 'b'"],
      ["app.x", `SET "app.x" TO 'y'`],
    ]);
  });
});
