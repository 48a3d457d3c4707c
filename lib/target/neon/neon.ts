import { setTimeout as sleep } from "node:timers/promises";
import { dispositionOf, explain } from "@/lib/errors/describe";
import { FerryError, messageOf } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { withSession } from "@/lib/postgres/session";
import type { Target } from "../target";
import { type AfterCall, type NeonAccess, NeonApi } from "./api";
import { renameBranch, setDefaultBranch } from "./calls";
import { askAt, describeNeon } from "./describe-neon";
import { discardNeon } from "./discard";
import {
  connectionOf,
  ensureDatabase,
  ensureEndpoint,
  ensureRole,
  type InBranch,
  notMade,
  setBackCompute,
} from "./inside-branch";
import { ensureBranch, untilUsable } from "./make-branch";
import { ensureProject } from "./make-project";
import { awaitOperations } from "./operations";
import type { NeonNotes, NeonPlace } from "./place";

const PATIENCE_MS = 60_000;
const CONNECT_AGAIN_MS = 500;

export interface NeonTargetOptions {
  access: NeonAccess;
  place: NeonPlace;
  notes: NeonNotes;
  /** How long a call works by itself; `prepare` is told by the step. */
  patienceMs?: number;
  /** For tests that crash after a request. */
  afterCall?: AfterCall;
}

/** A fresh branch of a Neon project, with a database, an owner and a compute of its own. */
export function neonTarget(options: NeonTargetOptions): Target {
  const { access, place, notes, patienceMs = PATIENCE_MS, afterCall } = options;
  const api = (endsAt = Date.now() + patienceMs) => new NeonApi(access, endsAt, afterCall);
  const inBranch = async (): Promise<InBranch> => {
    const { branchId, projectId } = await notes.read();
    const project = "id" in place.project ? place.project.id : projectId;
    if (!branchId || !project) throw notMade(place.branchName);
    return { api: api(), projectId: project, branchId };
  };
  return {
    kind: "neon",
    askAt: async () => askAt(api(), place, await notes.read()),
    describe: async () => describeNeon(api(), place, await notes.read()),
    prepare: ({ endsAt } = {}) => prepareBranch(api(endsAt), place, notes),
    addresses: async () => {
      const at = await inBranch();
      return { direct: await connectionOf(at, place, false), pooled: await connectionOf(at, place, true) };
    },
    release: async () => {
      const made = await notes.read();
      if (made.branchId) await setBackCompute(await inBranch(), made);
    },
    promote: async () => {
      const at = await inBranch();
      const { operations } = await setDefaultBranch(at.api, at.projectId, at.branchId);
      await awaitOperations(at.api, at.projectId, operations);
    },
    rename: async (name) => {
      const at = await inBranch();
      const { operations } = await renameBranch(at.api, at.projectId, at.branchId, name);
      await awaitOperations(at.api, at.projectId, operations);
      await notes.write({ branchName: name });
    },
    discard: () => discardNeon(api(), place, notes),
  };
}

/** Each part is looked for before it is made: a call after a crash does what the one before has not done. */
async function prepareBranch(api: NeonApi, place: NeonPlace, notes: NeonNotes): Promise<ConnectionSpec> {
  const project = await ensureProject(api, place, notes);
  const branch = await ensureBranch(api, project, place, notes);
  const at: InBranch = { api, projectId: project.id, branchId: branch.id };
  const { isReady } = await notes.read();
  if (!isReady) {
    await untilUsable(api, project.id, branch.id, notes, async () => {
      const endpoint = await ensureEndpoint(at);
      await notes.write({ endpointId: endpoint.id });
      await ensureRole(at, place.role);
      await ensureDatabase(at, place, notes);
    });
  }
  const spec = await connectionOf(at, place, false);
  await untilAnswers(api, spec);
  await notes.write({ isReady: true });
  return spec;
}

/** A compute that slept or has just been made takes its time, and may turn away the first who come. */
async function untilAnswers(api: NeonApi, spec: ConnectionSpec): Promise<void> {
  for (;;) {
    try {
      await withSession(spec, { side: "target", name: "ferry target" }, (client) => client.query("select 1"));
      return;
    } catch (error) {
      // Where it may not be gone to, waiting does not help; a new name may take a moment to be known.
      const isFinal = dispositionOf(error) === "never" && !isUnknownHost(error);
      if (isFinal) throw error;
      const reason = error instanceof FerryError ? explain(error).what : messageOf(error);
      if (api.leftMs() < CONNECT_AGAIN_MS) throw new FerryError("neon.compute_not_started", { reason });
      await sleep(CONNECT_AGAIN_MS);
    }
  }
}

const isUnknownHost = (error: unknown): boolean => error instanceof FerryError && error.code === "connect.host_unknown";
