import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LONG_TESTS } from "@/e2e/long-tests";
import { testServer, type Version } from "@/e2e/servers/test-servers";
import { hashTables } from "@/lib/verify/checksums";
import { compareTables } from "@/lib/verify/compare-data";
import type { DataDifference } from "@/lib/verify/data-difference";
import { findRows } from "@/lib/verify/find-rows";
import { withFixedOutputOn } from "@/lib/verify/output-settings";
import { type DataHarm, dataHarms, together } from "./data-harms";
import { type DataScene, dataScene, TABLE_NAMES } from "./data-scene";

const PAIRS: [Version, Version][] = LONG_TESTS
  ? [
      [10, 18],
      [10, 10],
      [11, 12],
      [12, 13],
      [13, 16],
      [14, 18],
      [15, 17],
      [18, 18],
    ]
  : [
      [10, 18],
      [15, 17],
    ];

const tablesOf = (names: string[]) => names.map((name) => ({ schema: "public", name }));

const inWords = (found: DataDifference | null | undefined): string[] =>
  (found?.named ?? [])
    .map(({ difference, row, copies, columns }) => {
      if (row.by === "digest") return `${difference} × ${copies.source}/${copies.target}`;
      const names = columns
        .map(({ name }) => name)
        .sort()
        .join(", ");
      return `${difference} ${row.values.join(", ")}${names && `: ${names}`}`;
    })
    .sort();

/** One by one, or in the fewest comparisons that show them all. */
function harmsFor(version: number): DataHarm[] {
  const harms = dataHarms(version);
  return LONG_TESTS ? harms : [...harms.filter(({ cell }) => !cell), ...together(harms)];
}

describe.each(PAIRS.filter((pair) => pair.every((version) => testServer.available(version))))(
  "rows of %i on %i",
  (from, to) => {
    let scene: DataScene;
    beforeAll(async () => {
      scene = await dataScene(from, to);
    });
    afterAll(() => scene?.close());

    const compare = (names: string[], showValues = false) => compareTables(scene, tablesOf(names), { showValues });

    it("are the same where nothing was harmed", async () => {
      for (let run = 0; run < (LONG_TESTS ? 50 : 2); run++) {
        await scene.target.query("begin");
        const compared = await compare(TABLE_NAMES);
        await scene.target.query("commit");
        expect(compared.filter(({ difference }) => difference !== null)).toEqual([]);
        expect(compared.map(({ rows }) => rows.source)).toEqual(compared.map(({ rows }) => rows.target));
        // The settings of the session are its own again.
        const { rows } = await scene.source.query("select current_setting('datestyle') as style");
        expect(rows).toEqual([{ style: "SQL, DMY" }]);
      }
    });

    it.each(harmsFor(Math.min(from, to)).map((harm) => [harm.what, harm] as const))("%s", async (_, harm) => {
      await scene.target.query("begin; set local datestyle = 'ISO, YMD'");
      try {
        await scene.target.query(harm.sql);
        const [comparison] = await compare([harm.table]);
        expect(inWords(comparison?.difference)).toEqual(harm.found);
        expect(comparison?.difference).toMatchObject({ complete: true, reason: null });
      } finally {
        await scene.target.query("rollback");
      }
    });

    it("looks deeper where more rows are in a bucket than are listed, and stops where that does not help", async () => {
      const look = async (table: string, mostListed: number) =>
        withFixedOutputOn(scene, async () => {
          const [hashed] = await hashTables(scene, tablesOf([table]));
          if (!hashed || "lacking" in hashed.columns) throw new Error("It cannot be compared.");
          return findRows(scene, { ...hashed, columns: hashed.columns }, mostListed);
        });
      await scene.target.query(
        "begin; update keyed set a = a || '!' where id <= 16; delete from unkeyed where amount = 3",
      );
      try {
        const { mismatches, complete } = await look("keyed", 32);
        expect([mismatches.length, complete]).toEqual([16, true]);
        expect(await look("unkeyed", 5)).toEqual({ mismatches: [], complete: false });
      } finally {
        await scene.target.query("rollback");
      }
    });

    it("names a hundred rows of many, with the number of them all, and shows values only if that is wanted", async () => {
      await scene.target.query("begin; update keyed set a = a || '!' where id <= 150");
      try {
        const [masked] = await compare(["keyed"]);
        expect(masked?.difference).toMatchObject({ different: 150, missing: 0, extra: 0, complete: true });
        expect(masked?.difference?.named).toHaveLength(100);
        expect(JSON.stringify(masked)).not.toMatch(/"a\d+!?"/);
        const [shown] = await compare(["keyed"], true);
        const [row] = shown?.difference?.named ?? [];
        const id = row?.row.by === "key" ? row.row.values[0] : "";
        const [source, target] = [`a${id}`, `a${id}!`];
        expect(row?.columns).toEqual([
          { name: "a", source: { bytes: source.length, text: source }, target: { bytes: target.length, text: target } },
        ]);
      } finally {
        await scene.target.query("rollback");
      }
    });
  },
);
