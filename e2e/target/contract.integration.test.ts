import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inSession, query, TARGET } from "@/e2e/imports/scene";
import { type TestStandIn, testStandIn } from "@/e2e/neon/test-stand-in";
import { type TestDatabase, testServer } from "@/e2e/servers/test-servers";
import { localTarget } from "@/lib/target/local/local";
import { neonTarget } from "@/lib/target/neon/neon";
import type { Target, TargetKind } from "@/lib/target/target";
import { urlTarget } from "@/lib/target/url";
import { keptNotes, type NeonTestAccount, neonTestAccount, PATIENCE_MS, placeOf, standInAccess } from "./neon-account";

/** A place that an import could land in, and a look at it from outside. */
interface Place {
  kind: TargetKind;
  make(): Promise<void>;
  /** The same place as another step sees it, with what was noted. */
  target(): Target;
  /** Whether what `prepare` makes is there. */
  isThere(): Promise<boolean>;
  /** Takes back what `promote` has done. */
  demote(): Promise<void>;
  remove(): Promise<void>;
}

const KEY = process.env.NEON_API_KEY;
const REGION = process.env.NEON_TEST_REGION ?? "aws-eu-central-1";
const name = () => `ferry-test-${randomBytes(4).toString("hex")}`;

function url(): Place {
  let database: TestDatabase;
  return {
    kind: "url",
    make: async () => {
      database = await (await testServer(TARGET)).createDatabase("place");
    },
    target: () => urlTarget(database.spec),
    isThere: async () => true,
    demote: async () => {},
    remove: () => database.drop(),
  };
}

function local(): Place {
  let admin: TestDatabase;
  const database = name();
  return {
    kind: "local",
    make: async () => {
      admin = await (await testServer(TARGET)).createDatabase("admin");
    },
    target: () => localTarget(admin.spec, database),
    isThere: async () =>
      (await query(admin.spec, "select 1 from pg_database where datname = $1", [database])).length === 1,
    demote: async () => {},
    remove: () => admin.drop(),
  };
}

function neon(open: () => Promise<{ account: NeonTestAccount; close(): Promise<void> }>): Place {
  let account: NeonTestAccount;
  let close: () => Promise<void>;
  let projectId: string;
  const notes = keptNotes();
  return {
    kind: "neon",
    make: async () => {
      ({ account, close } = await open());
      projectId = await account.makeProject(name());
    },
    target: () =>
      neonTarget({
        patienceMs: PATIENCE_MS,
        access: account.access,
        place: placeOf("01JCONTRACT", { id: projectId }),
        notes,
      }),
    isThere: async () => (await account.branches(projectId)).length > 1,
    demote: () => account.makeRootDefault(projectId),
    remove: async () => {
      if (projectId) await account.removeProject(projectId);
      await close?.();
    },
  };
}

const onStandIn = async () => {
  const standIn: TestStandIn = await testStandIn({ versions: [18] });
  return { account: neonTestAccount(standInAccess(standIn), REGION, 18), close: () => standIn.remove() };
};
const onNeon = async () => ({
  account: neonTestAccount({ key: KEY ?? "", url: null }, REGION, 18),
  close: async () => {},
});

const PLACES: [string, Place, boolean][] = [
  ["url", url(), true],
  ["local", local(), true],
  ["neon, by the stand-in", neon(onStandIn), true],
  ["neon itself (skipped without NEON_API_KEY)", neon(onNeon), KEY !== undefined],
];

describe.each(PLACES)("%s", (_name, place, isPossible) => {
  // One after the other, as an import goes through them.
  describe.skipIf(!isPossible)("as a target", () => {
    beforeAll(() => place.make());
    afterAll(() => place.remove());

    it("is described before anything is made", async () => {
      const facts = await place.target().describe();
      expect(facts).toMatchObject({ encoding: "UTF8", objects: [], largeObjects: 0, mayCreateSchemas: true });
      expect(facts.versionNumber).toBeGreaterThanOrEqual(140_000);
      expect(await place.target().askAt()).not.toBeNull();
    });

    it("is discarded before it is made, and nothing happens", async () => {
      const before = await place.isThere();
      await place.target().discard();
      expect(await place.isThere()).toBe(before);
    });

    it("is made once, however often it is asked for, and keeps what is in it", async () => {
      const first = await place.target().prepare();
      await query(first, "create table kept (id int primary key)");
      const second = await place.target().prepare();
      expect(second).toEqual(first);
      expect(await query(second, "select * from kept")).toEqual([]);
      expect(await place.isThere()).toBe(true);
    });

    it("lets the importing role make all that an import needs", async () => {
      await inSession(await place.target().prepare(), async (client) => {
        await client.query("create schema s; create extension if not exists hstore; create role r_of_contract");
        await client.query("drop role r_of_contract; drop schema s");
      });
    });

    it("is reached by its addresses", async () => {
      const { direct, pooled } = await place.target().addresses();
      expect(await query(direct, "select * from kept")).toEqual([]);
      if (place.kind === "neon") expect(await query(pooled ?? direct, "select * from kept")).toEqual([]);
      else expect(pooled).toBeNull();
    });

    it("takes back what only the import needed", async () => {
      await place.target().release();
      await place.target().release();
      const { direct } = await place.target().addresses();
      expect(await query(direct, "select * from kept")).toEqual([]);
    });

    it("is renamed, or says that it cannot be", async () => {
      const renaming = place.target().rename("shop-2026");
      if (place.kind === "neon") return renaming;
      await expect(renaming).rejects.toMatchObject({ code: "target.cannot", context: { verb: "renamed" } });
    });

    it("is made the default, which is not discarded, or says that it cannot be", async () => {
      const promoting = place.target().promote();
      if (place.kind !== "neon") return expect(promoting).rejects.toMatchObject({ code: "target.cannot" });
      await promoting;
      await expect(place.target().discard()).rejects.toMatchObject({ code: "neon.branch_kept" });
      expect(await place.isThere()).toBe(true);
      await place.demote();
    });

    it("is discarded, twice", async () => {
      await place.target().discard();
      await place.target().discard();
      expect(await place.isThere()).toBe(place.kind === "url");
      if (place.kind === "neon")
        await expect(place.target().promote()).rejects.toMatchObject({ code: "neon.branch_gone" });
    });
  });
});
