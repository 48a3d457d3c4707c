import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestStandIn, testStandIn } from "@/e2e/neon/test-stand-in";
import type { AfterCall } from "@/lib/target/neon/api";
import { neonTarget } from "@/lib/target/neon/neon";
import type { NeonNotes, NeonPlace } from "@/lib/target/neon/place";
import { keptNotes, type NeonTestAccount, neonTestAccount, PATIENCE_MS, placeOf, standInAccess } from "./neon-account";

/** Those after which something is there that nobody has noted; every request in turn takes minutes. */
const COUNTED = LONG_TESTS ? /./ : /^createProject(?:Branch)?$/;

const LONG_MS = 30 * 60_000;

class Crash extends Error {}

/** Dies right after the n-th answer, before anything of it could be noted; `died` says after which. */
function crashAfter(nth: number): { afterCall: AfterCall; died: string | null } {
  let count = 0;
  const crash = {
    died: null as string | null,
    afterCall: (name: string) => {
      if (!COUNTED.test(name) || ++count !== nth) return;
      crash.died = `request ${nth}, ${name}`;
      throw new Crash(crash.died);
    },
  };
  return crash;
}

/** Prepares, and dies after the n-th request; null when it went through before. */
async function diesAfter(nth: number, attempt: Attempt): Promise<string | null> {
  const crash = crashAfter(nth);
  try {
    await target({ ...attempt, afterCall: crash.afterCall }).prepare();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  return crash.died;
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
  neonTarget({ patienceMs: PATIENCE_MS, access: account.access, place, notes, afterCall });
const allProjects = async (name: string) => {
  const { NeonApi } = await import("@/lib/target/neon/api");
  const { listProjects } = await import("@/lib/target/neon/calls");
  const api = new NeonApi(account.access, Date.now() + 60_000);
  return (await listProjects(api, standIn.organizationId, name)).filter((project) => project.name === name);
};
const newName = () => `crash-${randomBytes(4).toString("hex")}`;

// Each in a project of its own, and all at once: mostly they wait for servers.
describe.concurrent("a process that dies after a request of", { timeout: LONG_TESTS ? LONG_MS : undefined }, () => {
  it("an import into a project leaves one branch for the next", async () => {
    const projectId = await account.makeProject(newName());
    const before = (await account.branches(projectId)).length;
    const places: string[] = [];
    for (let nth = 1; ; nth++) {
      const attempt = { place: placeOf(`01J${nth}A`, { id: projectId }), notes: keptNotes() };
      const died = await diesAfter(nth, attempt);
      if (died !== null) {
        places.push(died);
        const spec = await target(attempt).prepare();
        expect(await query(spec, "select 1 from pg_tables where schemaname = 'public'"), died).toEqual([]);
      }
      expect(await account.branches(projectId), String(died)).toHaveLength(before + 1);
      await target(attempt).discard();
      expect(await account.branches(projectId), String(died)).toHaveLength(before);
      if (died === null) break;
    }
    expect(String(places)).toContain("createProjectBranch");
  });

  it("an import into a project leaves none for a cancel", async () => {
    const projectId = await account.makeProject(newName());
    const before = (await account.branches(projectId)).length;
    for (let nth = 1; ; nth++) {
      const attempt = { place: placeOf(`01J${nth}B`, { id: projectId }), notes: keptNotes() };
      const died = await diesAfter(nth, attempt);
      await target(attempt).discard();
      expect(await account.branches(projectId), `${died}, and a cancel`).toHaveLength(before);
      if (died === null) break;
    }
  });

  // In two halves, since each request means another project.
  it.each(LONG_TESTS ? [1, 2] : [1])(
    "an import into a new project leaves one, or none for a cancel: from %i",
    async (first) => {
      for (let nth = first; ; nth += 2) {
        const name = newName();
        const attempt = { place: placeOf(`01J${name}`, await account.newProject(name)), notes: keptNotes() };
        const died = await diesAfter(nth, attempt);
        const isProject = died?.endsWith(" createProject") ?? false;
        if (isProject) {
          await target(attempt).prepare();
          const projects = await allProjects(name);
          expect(projects, String(died)).toHaveLength(1);
          expect(await account.branches(projects[0]?.id ?? "")).toHaveLength(2);
        }
        await target(attempt).discard();
        expect(await allProjects(name), `${died}, and a cancel`).toEqual([]);
        // What comes after is what the others go through.
        if (died === null || (isProject && !LONG_TESTS)) break;
      }
    },
  );
});
