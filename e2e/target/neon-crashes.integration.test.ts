import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestStandIn, testStandIn } from "@/e2e/neon/test-stand-in";
import type { AfterCall } from "@/lib/target/neon/api";
import { neonTarget } from "@/lib/target/neon/neon";
import type { NeonNotes, NeonPlace } from "@/lib/target/neon/place";
import { keptNotes, type NeonTestAccount, neonTestAccount, placeOf, standInAccess } from "./neon-account";

/** Those after which something is there that nobody has noted; every request in turn takes minutes. */
const MAKING = /^create/;

class Crash extends Error {}

/** Dies right after the n-th answer, before anything of it could be noted. */
function crashAfter(nth: number, seen: string[] = []): AfterCall {
  return (name) => {
    seen.push(name);
    if (seen.length === nth) throw new Crash(`after request ${nth}, ${name}`);
  };
}

let standIn: TestStandIn;
let account: NeonTestAccount;

beforeAll(async () => {
  standIn = await testStandIn({ versions: [18] });
  account = neonTestAccount(standInAccess(standIn), "aws-eu-central-1", 18);
});
afterAll(() => standIn?.remove());

interface Attempt {
  place: NeonPlace;
  notes: NeonNotes;
  afterCall?: AfterCall;
}
const target = ({ place, notes, afterCall }: Attempt) =>
  neonTarget({ access: account.access, place, notes, afterCall });
const allProjects = async (name: string) => {
  const { NeonApi } = await import("@/lib/target/neon/api");
  const { listProjects } = await import("@/lib/target/neon/calls");
  const api = new NeonApi(account.access, Date.now() + 60_000);
  return (await listProjects(api, standIn.organizationId, name)).filter((project) => project.name === name);
};
const newName = () => `crash-${randomBytes(4).toString("hex")}`;

/** What the requests are when nothing goes wrong. */
async function requestsOf(place: NeonPlace): Promise<string[]> {
  const seen: string[] = [];
  const notes = keptNotes();
  await target({ place, notes, afterCall: crashAfter(Number.POSITIVE_INFINITY, seen) }).prepare();
  await target({ place, notes }).discard();
  return seen;
}

const turnsOf = (seen: string[]): number[] =>
  seen.flatMap((name, index) => (LONG_TESTS || MAKING.test(name) ? [index + 1] : []));

describe("a process that dies after a request of", () => {
  it("an import into a project leaves one branch for the next, and none for a cancel", async () => {
    const projectId = await account.makeProject(newName());
    const seen = await requestsOf(placeOf("01JFIRST", { id: projectId }));
    const before = (await account.branches(projectId)).length;
    for (const nth of turnsOf(seen)) {
      const place = placeOf(`01J${nth}`, { id: projectId });
      const notes = keptNotes();
      const dying = target({ place, notes, afterCall: crashAfter(nth) }).prepare();
      await expect(dying, `${seen[nth - 1]}, request ${nth}`).rejects.toThrow(Crash);
      const spec = await target({ place, notes }).prepare();
      expect(await account.branches(projectId), `after ${seen[nth - 1]}`).toHaveLength(before + 1);
      expect(await query(spec, "select count(*)::int as n from pg_tables where schemaname = 'public'")).toEqual([
        { n: 0 },
      ]);
      await target({ place, notes }).discard();
      expect(await account.branches(projectId), `after ${seen[nth - 1]} and a cancel`).toHaveLength(before);
    }
    await account.removeProject(projectId);
  });

  it("an import into a new project leaves one project for the next, and none for a cancel", async () => {
    const probe = placeOf("01JPROBE", await account.newProject(newName()));
    const seen = await requestsOf(probe);
    const made = seen.indexOf("createProjectBranch") + 1;
    // What comes after is what the other test goes through.
    for (const nth of turnsOf(seen).filter((turn) => turn < made)) {
      const name = newName();
      const place = placeOf(`01J${name}`, await account.newProject(name));
      const notes = keptNotes();
      await expect(target({ place, notes, afterCall: crashAfter(nth) }).prepare()).rejects.toThrow(Crash);
      if (MAKING.test(seen[nth - 1] ?? "")) {
        await target({ place, notes }).prepare();
        const projects = await allProjects(name);
        expect(projects, `after ${seen[nth - 1]}`).toHaveLength(1);
        expect(await account.branches(projects[0]?.id ?? "")).toHaveLength(2);
      }
      await target({ place, notes }).discard();
      expect(await allProjects(name), `after ${seen[nth - 1]} and a cancel`).toEqual([]);
    }
  });
});
