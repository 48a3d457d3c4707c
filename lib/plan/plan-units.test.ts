import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planInputs } from "./plan-arbitraries";
import { type PlanInput, planUnits } from "./plan-units";
import { type EntryRole, type PlannedEntry, roleOf } from "./planned-entry";
import { constraintUnits, makesKey } from "./structure-units";
import type { Unit, UnitKind } from "./unit";

/** Every unit that has to be done before this one; throws where the graph is not one. */
function ancestorsOf(units: Unit[]): Map<string, Set<string>> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const known = new Map<string, Set<string>>();
  const visit = (id: string, path: string[]): Set<string> => {
    if (path.includes(id)) throw new Error(`A circle: ${[...path, id].join(" → ")}`);
    const found = known.get(id);
    if (found) return found;
    const unit = byId.get(id);
    if (!unit) throw new Error(`${path.at(-1)} depends on ${id}, which there is not`);
    const all = new Set<string>();
    for (const before of unit.dependsOn) for (const one of visit(before, [...path, id]).add(before)) all.add(one);
    all.delete(id);
    known.set(id, all);
    return all;
  };
  for (const { id } of units) visit(id, []);
  return known;
}

const ofKind = (units: Unit[], ...kinds: UnitKind[]) => units.filter((unit) => kinds.includes(unit.payload.kind));
const statementsOf = ({ payload }: Unit) => ("statements" in payload ? payload.statements : []);
const tablesOf = ({ payload }: Unit): number[] =>
  payload.kind === "copy"
    ? payload.parts.map((part) => part.table.oid)
    : payload.kind === "analyze" || payload.kind === "verify"
      ? payload.tables.map((table) => table.oid)
      : payload.kind === "sequence"
        ? payload.sequences.map((sequence) => sequence.oid)
        : [];

interface Planned {
  input: PlanInput;
  units: Unit[];
  ancestors: Map<string, Set<string>>;
}

function holds(check: (planned: Planned) => void, numRuns = 60) {
  fc.assert(
    fc.property(planInputs, (input) => {
      const units = planUnits(input);
      check({ input, units, ancestors: ancestorsOf(units) });
    }),
    { numRuns },
  );
}

/** All of `before` are done when `unit` begins. */
function expectAfter({ ancestors }: Planned, unit: Unit, before: Unit[]) {
  const missing = before.filter(({ id }) => id !== unit.id && !ancestors.get(unit.id)?.has(id)).map(({ id }) => id);
  expect(missing, `${unit.id} does not wait for`).toEqual([]);
}

const isIndex = (entry: PlannedEntry) => entry.section === "post-data" && roleOf(entry) === "index";
const filledTables = ({ tables, filled }: PlanInput) =>
  tables.filter(({ oid }) => filled.has(oid)).map(({ oid }) => oid);
const sorted = (numbers: number[]) => [...numbers].sort((left, right) => left - right);

describe("the graph of units", () => {
  it("has no circle, no missing end, and no id or dependency twice", () => {
    holds(({ units }) => {
      expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
      for (const { id, dependsOn, cost } of units) {
        expect(new Set(dependsOn).size, id).toBe(dependsOn.length);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(cost)).toBe(true);
      }
    });
  });

  it("is the same for the same input, which it leaves as it was", () => {
    holds(({ input, units }) => {
      const before = structuredClone(input);
      expect(planUnits(structuredClone(input))).toEqual(units);
      expect(input).toEqual(before);
    }, 20);
  });

  it("holds each entry in one unit of its own kind", () => {
    const homes: Record<EntryRole, string> = {
      index: "index",
      attach: "constraint",
      "foreign-key": "constraint",
      check: "constraint",
      definition: "schema",
      post: "post",
    };
    holds(({ input, units }) => {
      const found = units.flatMap((unit) => statementsOf(unit).map(({ id }) => [id, unit.payload.kind] as const));
      expect(sorted(found.map(([id]) => id))).toEqual(sorted(input.entries.map(({ id }) => id)));
      const kinds = new Map(found);
      for (const entry of input.entries) {
        expect(kinds.get(entry.id)).toBe(entry.section === "pre-data" ? "schema" : homes[roleOf(entry)]);
      }
    });
  });

  it("keeps pre-data in the order of the archive", () => {
    holds((planned) => {
      const schema = planned.units.filter(({ id }) => id.startsWith("schema:"));
      expect(schema.flatMap(statementsOf).map(({ id }) => id)).toEqual(
        planned.input.entries.filter(({ section }) => section === "pre-data").map(({ id }) => id),
      );
      for (const [index, unit] of schema.entries()) expectAfter(planned, unit, schema.slice(0, index));
    });
  });

  it("copies, counts, analyses and sets everything that is wanted once, and nothing else", () => {
    holds(({ input, units }) => {
      const filled = sorted(filledTables(input));
      expect(sorted([...new Set(ofKind(units, "copy").flatMap(tablesOf))])).toEqual(filled);
      expect(sorted(ofKind(units, "analyze").flatMap(tablesOf))).toEqual(filled);
      expect(sorted(ofKind(units, "verify").flatMap(tablesOf))).toEqual(input.verify === "none" ? [] : filled);
      expect(ofKind(units, "sequence").flatMap(tablesOf)).toEqual(input.sequences.map(({ oid }) => oid));
    });
  });
});

it("brings large objects after the schema and before what reads them, and compares them if that is asked for", () => {
  holds((planned) => {
    const { units, input } = planned;
    const objects = ofKind(units, "large-objects");
    const comparisons = units.filter(({ payload }) => payload.kind === "verify" && payload.largeObjects);
    expect(objects).toHaveLength(input.largeObjects ? Math.max(1, input.largeObjects.starts.length) : 0);
    expect(comparisons.length > 0).toBe(objects.length > 0 && input.verify !== "none");
    for (const unit of objects) {
      expectAfter(
        planned,
        unit,
        units.filter(({ id }) => id.startsWith("schema:")),
      );
    }
    expect(new Set(comparisons.flatMap(({ dependsOn }) => dependsOn))).toEqual(
      new Set(comparisons.length > 0 ? objects.map(({ id }) => id) : []),
    );
    for (const unit of ofKind(units, "refresh", "post")) expectAfter(planned, unit, objects);
  });
});

describe("the order of work", () => {
  it("creates before it fills, fills before it counts, and indexes before it analyses", () => {
    holds((planned) => {
      const { units } = planned;
      const schema = units.filter(({ id }) => id.startsWith("schema:"));
      for (const unit of ofKind(units, "copy", "sequence")) expectAfter(planned, unit, schema);
      const about = (unit: Unit, kind: UnitKind) => {
        const own = new Set(tablesOf(unit));
        return ofKind(units, kind).filter((other) =>
          (other.payload.kind === "index" ? other.payload.tables : tablesOf(other)).some((oid) => own.has(oid)),
        );
      };
      for (const unit of ofKind(units, "verify")) {
        expectAfter(planned, unit, [...about(unit, "copy"), ...about(unit, "index").filter(makesKey)]);
      }
      for (const unit of ofKind(units, "analyze")) {
        expectAfter(planned, unit, [...about(unit, "copy"), ...about(unit, "index")]);
      }
    });
  });

  it("indexes a table when all of it is there, a materialized view when it is refreshed", () => {
    holds((planned) => {
      const copies = ofKind(planned.units, "copy");
      for (const unit of ofKind(planned.units, "index")) {
        const { payload } = unit;
        if (payload.kind !== "index") continue;
        expectAfter(
          planned,
          unit,
          copies.filter((copy) => tablesOf(copy).some((oid) => payload.tables.includes(oid))),
        );
        expectAfter(
          planned,
          unit,
          planned.units.filter(
            ({ payload: other }) => other.kind === "refresh" && payload.tables.includes(other.view.oid),
          ),
        );
        expect(statementsOf(unit).length).toBeLessThanOrEqual(200);
      }
    });
  });

  it("refreshes after all data and after the views that are read", () => {
    holds((planned) => {
      const refreshes = ofKind(planned.units, "refresh");
      expect(refreshes).toHaveLength(planned.input.materializedViews.length);
      for (const [index, unit] of refreshes.entries()) {
        expectAfter(planned, unit, ofKind(planned.units, "copy"));
        const reads = planned.input.materializedViews[index]?.reads ?? [];
        expectAfter(
          planned,
          unit,
          refreshes.filter(({ payload }) => payload.kind === "refresh" && reads.includes(payload.view.oid)),
        );
        expectAfter(
          planned,
          unit,
          planned.units.filter(({ id }) => id === "definitions"),
        );
      }
    });
  });

  it("adds a foreign key when both tables are filled and indexed, and validates after that", () => {
    holds((planned) => {
      const { units, input } = planned;
      const oids = new Set(input.tables.map(({ oid }) => oid));
      const tableIndexes = ofKind(units, "index").filter(
        ({ payload }) => payload.kind === "index" && payload.tables.every((oid) => oids.has(oid)),
      );
      const attach = units.filter(({ id }) => id === "attach");
      for (const unit of attach) expectAfter(planned, unit, tableIndexes);
      for (const key of input.entries.filter((entry) => entry.kind === "FK CONSTRAINT")) {
        const unit = ofKind(units, "constraint").find((one) => statementsOf(one).some(({ id }) => id === key.id));
        if (!unit) throw new Error(`No unit adds ${key.name}.`);
        const [leansOn] = input.entries.filter((entry) => key.dependencies.includes(entry.id) && isIndex(entry));
        const ends = [key.tableOid, leansOn?.tableOid ?? null];
        const known = ends.every((oid) => oid !== null && oids.has(oid));
        const isAbout = (one: Unit) =>
          one.payload.kind === "index"
            ? one.payload.tables.some((oid) => ends.includes(oid))
            : one.payload.kind === "copy" && tablesOf(one).some((oid) => ends.includes(oid));
        expectAfter(planned, unit, known ? units.filter(isAbout) : [...tableIndexes, ...attach]);
      }
      for (const unit of ofKind(units, "validate")) {
        const added = ofKind(units, "constraint").filter(({ id }) => unit.dependsOn.includes(id));
        expect(added.flatMap(statementsOf)).toMatchObject([{ statement: expect.stringMatching(/ NOT VALID;$/) }]);
        expect(unit.payload).toMatchObject({ constraint: expect.stringMatching(/^(a_fkey|A "fkey")$/) });
      }
    });
  });

  // Foreign keys on tables with rows are rare among these.
  it("analyses a table after what would lock it against that", () => {
    holds((planned) => {
      for (const unit of ofKind(planned.units, "analyze")) {
        const oids = tablesOf(unit);
        const keys = planned.input.entries.filter(
          ({ kind, tableOid }) => kind === "FK CONSTRAINT" && tableOid !== null && oids.includes(tableOid),
        );
        const locks = ofKind(planned.units, "constraint").filter((one) =>
          statementsOf(one).some(({ id }) => keys.some((key) => key.id === id)),
        );
        const validations = ofKind(planned.units, "validate").filter(({ id }) =>
          keys.some((key) => id === `validate:${key.id}`),
        );
        expectAfter(planned, unit, [...locks, ...validations]);
      }
    }, 400);
  });

  it("comes to triggers, policies and grants when nothing else is left", () => {
    holds((planned) => {
      const rest = planned.units.filter(({ payload }) => payload.kind !== "post");
      for (const unit of ofKind(planned.units, "post")) expectAfter(planned, unit, rest);
    });
  });
});

it("adds bundles of foreign keys one after the other, since two at once would lock each other's tables", () => {
  const keys = Array.from({ length: 401 }, (_, id) => ({
    ...{ id, kind: "FK CONSTRAINT", section: "post-data" as const, subject: `t${id}`, name: `t${id} key` },
    ...{ tableOid: id, dependencies: [], statement: "", bestEffort: false },
  }));
  const units = constraintUnits({ entries: keys, tables: new Map(), filledBy: () => [] }, () => ["index:1"]);
  expect(units.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ["constraints:1", ["index:1"]],
    ["constraints:2", ["constraints:1", "index:1"]],
    ["constraints:3", ["constraints:2", "index:1"]],
  ]);
});
