import fc from "fast-check";
import { expect, it } from "vitest";
import { isCarried } from "./context";
import { decide, tablesWithRows } from "./decide";
import { archiveOf, contextOf } from "./fixture";

const SCHEMAS = ["a", "b", "auth"];
const kind = fc.constantFrom(
  ...[
    "SCHEMA",
    "EXTENSION",
    "TYPE",
    "FUNCTION",
    "OPERATOR CLASS",
    "TABLE",
    "TABLE",
    "TABLE",
    "VIEW",
    "MATERIALIZED VIEW",
  ],
  ...[
    "SEQUENCE",
    "INDEX",
    "CONSTRAINT",
    "FK CONSTRAINT",
    "TRIGGER",
    "POLICY",
    "COMMENT",
    "ACL",
    "PUBLICATION",
    "TABLE ATTACH",
  ],
);
/** Anything may need anything before it: more tangled than a schema can be. */
const archive = fc
  .array(fc.record({ kind, schema: fc.constantFrom(...SCHEMAS), needs: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((list) =>
    archiveOf(
      list.map((entry, index) => ({
        ...entry,
        schema: ["SCHEMA", "EXTENSION", "PUBLICATION"].includes(entry.kind) ? null : entry.schema,
        name: `n${index}`,
        needs: index === 0 ? [] : entry.needs.map((need) => `n${need % index}`),
      })),
    ),
  );
const tables = fc.array(
  fc.record({ schema: fc.constantFrom(...SCHEMAS), name: fc.nat(30).map((index) => `n${index}`) }),
  { maxLength: 3 },
);
const filter = fc.record({ schemas: fc.subarray(SCHEMAS), tables, excludeTables: tables });
const supabase = {
  schemas: ["auth"],
  extensions: [],
  publications: [],
  eventTriggers: [],
  movedSchemas: {},
  name: "Supabase",
};
const context = fc
  .record({ filter, provider: fc.constantFrom(null, supabase), target: fc.record({ isSuperuser: fc.boolean() }) })
  .map(contextOf);

it("has one verdict for each entry, in order, and a reason for each that is left out", () => {
  fc.assert(
    fc.property(archive, context, (given, chosen) => {
      const verdicts = decide(given, chosen);
      expect(verdicts.map(({ entry }) => entry.id).sort()).toEqual(given.entries.map(({ id }) => id).sort());
      for (const { action, reason, statement } of verdicts) {
        if (isCarried(action)) expect(statement).not.toBe("");
        else expect([statement, typeof reason]).toEqual(["", "string"]);
      }
    }),
  );
});

it("carries nothing that needs what is not carried", () => {
  fc.assert(
    fc.property(archive, context, (given, chosen) => {
      const actions = new Map(decide(given, chosen).map(({ entry, action }) => [entry.id, action]));
      for (const { id, dependencies } of given.entries) {
        if (!isCarried(actions.get(id) ?? "skip")) continue;
        for (const needed of dependencies) expect(isCarried(actions.get(needed) ?? "skip")).toBe(true);
      }
    }),
  );
});

it("wants rows only of tables that were chosen, and of every one of these unless the import stops", () => {
  fc.assert(
    fc.property(archive, context, (given, chosen) => {
      const verdicts = decide(given, chosen);
      const { schemas, tables: named, excludeTables } = chosen.filter;
      const among = (list: typeof named, entry: { schema: string | null; name: string }) =>
        list.some(({ schema, name }) => schema === entry.schema && name === entry.name);
      const withRows = tablesWithRows(verdicts);
      for (const entry of withRows) expect(among(excludeTables, entry)).toBe(false);
      for (const { entry, action } of verdicts) {
        const wanted = schemas.includes(entry.schema ?? "") || among(named, entry);
        if (entry.kind !== "TABLE" || !wanted || among(excludeTables, entry) || action !== "apply") continue;
        if (!given.entries.some(({ kind: other }) => other === "TABLE ATTACH")) expect(withRows).toContain(entry);
      }
    }),
  );
});
