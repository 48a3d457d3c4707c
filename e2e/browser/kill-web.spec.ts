import { execFileSync } from "node:child_process";
import { expect, test } from "@playwright/test";
import type { ImportView } from "@/lib/imports/view";
import { type OwnFerry, startOwnFerry } from "./own-ferry";

const IMPORT_MS = 90_000;

let ferry: OwnFerry;

test.beforeAll(async () => {
  ferry = await startOwnFerry();
});
test.afterAll(() => ferry?.stop());

/** What the supervisor has started to serve pages; Next renames itself, so its port is not to be seen. */
function webProcesses(supervisor: number): number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const processes = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line));
  return processes.flatMap((match) =>
    Number(match?.[2]) === supervisor && /next/.test(match?.[3] ?? "") ? [Number(match?.[1])] : [],
  );
}

test("the web process is killed in the middle of the demo import, and it ends verified", async ({ request }) => {
  test.setTimeout(IMPORT_MS + 30_000);
  const headers = { origin: ferry.address };
  const input = { demo: true, target: { kind: "local" }, options: { lanes: 1 } };
  const created = await request.post(`${ferry.address}/api/imports`, { data: input, headers });
  expect(created.ok(), await created.text()).toBe(true);
  const { id } = await created.json();
  await request.post(`${ferry.address}/api/imports/${id}/start`, { headers });
  const look = async (): Promise<ImportView | null> => {
    const answer = await request.get(`${ferry.address}/api/imports/${id}`).catch(() => null);
    return answer?.ok() ? answer.json() : null;
  };

  await expect
    .poll(async () => (await look())?.progress.rowsDone ?? 0, { intervals: [20], timeout: IMPORT_MS })
    .toBeGreaterThan(0);
  const victims = webProcesses(ferry.pid);
  expect(victims.length).toBeGreaterThan(0);
  for (const pid of victims) process.kill(-pid, "SIGKILL");
  const interrupted = await ferry.statusInDatabase(id);
  expect(interrupted).toBe("running");

  await expect.poll(async () => (await look())?.status, { intervals: [200], timeout: IMPORT_MS }).toBe("succeeded");
  const view = (await look()) as ImportView;
  expect(view.verification.differences).toEqual([]);
  expect(view.tables.every((table) => table.counted?.source === table.counted?.target)).toBe(true);
  expect(view.tables.reduce((sum, table) => sum + (table.counted?.target ?? 0), 0)).toBe(100_000);
});
