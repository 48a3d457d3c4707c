import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { query } from "@/e2e/imports/scene";
import { insertImport, startMetadata } from "@/e2e/metadata";
import type { TestDatabase } from "@/e2e/servers/test-servers";
import { getStatus } from "./get-status";
import { pauseImport } from "./pause-import";
import { wantsSnapshot } from "./pause-state";
import { moveImport, movePhase } from "./record";
import { failImport } from "./run/fail-import";

let metadata: TestDatabase;
let id: string;
let count = 0;

beforeAll(async () => {
  metadata = await startMetadata();
  return () => metadata.drop();
});
beforeEach(async () => {
  id = `01P${++count}`;
  await insertImport(metadata, id);
});

const set = (what: string) => query(metadata.spec, `update imports set ${what} where id = $1`, [id]);

describe("a pause", () => {
  it("comes too late when the verdict is being given", async () => {
    expect(await movePhase(id, "finish", { status: "running", run: 0 })).toBe(true);
    await expect(pauseImport({ id })).rejects.toMatchObject({ context: { status: "finishing", verb: "paused" } });
    expect(await getStatus({ id })).toBe("running");
  });

  it("shuts the door on a verdict that comes after it", async () => {
    await pauseImport({ id });
    expect(await movePhase(id, "finish", { status: "running", run: 0 })).toBe(false);
  });

  it("is not undone by a run that fails on its way out, nor is the run after it", async () => {
    await pauseImport({ id });
    await failImport(id, 0);
    expect(await getStatus({ id })).toBe("paused");
    expect(await moveImport(id, "resume")).toEqual({ run: 1 });
    await failImport(id, 0);
    expect(await getStatus({ id })).toBe("queued");
    await failImport(id, 1);
    expect(await getStatus({ id })).toBe("failed");
  });

  it("loses to a cancel, whichever comes first", async () => {
    await Promise.all([pauseImport({ id }).catch(() => null), moveImport(id, "cancel")]);
    expect(await moveImport(id, "cancel").then(() => getStatus({ id }))).toBe("cancelled");
    await expect(pauseImport({ id })).rejects.toMatchObject({ code: "import.wrong_state" });
  });
});

describe("a keeper", () => {
  it.each([
    ["status = 'running'", true],
    ["status = 'queued'", true],
    ["status = 'paused', finished_at = now() - interval '3 hours'", true],
    ["status = 'paused', finished_at = now() - interval '5 hours'", false],
    ["status = 'paused', finished_at = now(), phase = 'let-go'", false],
    ["status = 'queued', phase = 'let-go'", true],
    ["status = 'cancelled'", false],
    ["status = 'failed'", false],
    ["status = 'running', epoch = 2", false],
    ["status = 'running', lost_epoch = 1", false],
  ])("with %s goes on: %s", async (what, wanted) => {
    await set(what);
    expect(await wantsSnapshot(id, 1)).toBe(wanted);
  });
});
