import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { LONG_TESTS } from "@/e2e/long-tests";
import { type TestStandIn, testStandIn } from "@/e2e/neon/test-stand-in";
import { listEndpoints } from "@/lib/target/neon/calls";
import { sizeOf } from "@/lib/target/neon/compute";
import { neonTarget } from "@/lib/target/neon/neon";
import { keptNotes, type NeonTestAccount, neonTestAccount, PATIENCE_MS, placeOf, standInAccess } from "./neon-account";

const READER = "napi_reader-of-everything";
const REVOKED = "napi_to-be-revoked";

let standIn: TestStandIn;
let account: NeonTestAccount;
let projectId: string;

beforeAll(async () => {
  const apiKeys = [{ key: "napi_owner-of-all" }, { key: READER, mayWrite: false }, { key: REVOKED }];
  standIn = await testStandIn({ versions: [18], apiKeys });
  account = neonTestAccount(standInAccess(standIn), "aws-eu-central-1", 18);
  projectId = await account.makeProject("trouble");
});
afterAll(() => standIn?.remove());
afterEach(() => standIn.behave({}));

let imports = 0;
function attempt(key = standIn.apiKey) {
  const place = placeOf(`01JTROUBLE${++imports}`, { id: projectId });
  return neonTarget({ patienceMs: PATIENCE_MS, access: { key, url: standIn.baseUrl }, place, notes: keptNotes() });
}
const sizes = async () => {
  const lists = (await account.branches(projectId)).map(({ id }) => listEndpoints(account.api(), projectId, id));
  return (await Promise.all(lists))
    .flat()
    .map(sizeOf)
    .map(({ minCu, maxCu }) => `${minCu}-${maxCu}`)
    .sort();
};
const branches = async () => (await account.branches(projectId)).length;

describe("on the way to a branch", () => {
  it.skipIf(!LONG_TESTS)(
    "an operation that fails for good takes the branch with it, and the next call makes another",
    async () => {
      standIn.behave({ operations: [{ action: "create_branch", effect: "fail" }] });
      const target = attempt();
      await expect(target.prepare()).rejects.toMatchObject({ code: "neon.operation_failed" });
      expect(await branches()).toBe(1);
      standIn.behave({ operations: [{ action: "start_compute", effect: "fail-once" }] });
      const spec = await target.prepare();
      expect(await query(spec, "select current_database() as name")).toEqual([{ name: "shop" }]);
      expect(await branches()).toBe(2);
      await target.discard();
      expect(await branches()).toBe(1);
    },
  );

  it("an operation that does not end is waited for until the step's time is over, and then in the next", async () => {
    standIn.behave({ operations: [{ action: "start_compute", effect: "hang" }] });
    const target = attempt();
    const slow = target.prepare({ endsAt: Date.now() + 3_000 });
    await expect(slow).rejects.toMatchObject({ code: "neon.operation_slow", context: { action: "start compute" } });
    standIn.behave({});
    await target.prepare();
    expect(await branches()).toBe(2);
    await target.discard();
  });
});

describe("the compute", () => {
  it("is larger for the import where the plan allows it, and the project's own size afterwards", async () => {
    const target = attempt();
    await target.prepare();
    expect(await sizes()).toEqual(["0.25-2", "1-4"]);
    await target.release();
    expect(await sizes()).toEqual(["0.25-2", "0.25-2"]);
    await target.discard();

    standIn.behave({ limits: { maxCu: 2 } });
    const small = attempt();
    await small.prepare();
    expect(await sizes()).toEqual(["0.25-2", "0.25-2"]);
    await small.discard();
  });
});

describe("a refusal has its own code", () => {
  it.each<[string, string, () => void]>([
    ["neon.branch_limit", "branches", () => standIn.behave({ limits: { branches: 1 } })],
    ["neon.no_right", "a key that may only look", () => {}],
    ["neon.key_refused", "a key that was revoked", () => standIn.revoke(REVOKED)],
    ["neon.rate_limited", "too many requests for too long", () => standIn.behave({ calls: [always(429)] })],
    ["neon.locked", "a project that stays locked", () => standIn.behave({ calls: [always(423)] })],
    ["neon.unavailable", "a service that stays away", () => standIn.behave({ calls: [always(503)] })],
  ])("%s: %s", async (code, _why, arrange) => {
    arrange();
    const key = { "neon.no_right": READER, "neon.key_refused": REVOKED }[code];
    const ending = attempt(key).prepare({ endsAt: Date.now() + 1_000 });
    await expect(ending).rejects.toMatchObject({ code });
    standIn.behave({});
    expect(await branches()).toBe(1);
  });
});

const always = (status: number) => ({ call: "createProjectBranch", times: 1_000, effect: { status } });
