import { ulid } from "ulid";
import { database } from "@/lib/db/client";
import { FerryError } from "@/lib/errors/ferry-error";
import { failpoint } from "@/lib/failpoints";
import { heldMs, heldWords, lastHeld, passesMark, WORTH_TELLING_MS } from "@/lib/snapshot/held";
import { type HoldOutcome, holdSnapshot } from "@/lib/snapshot/hold";
import { markLost, spansOf } from "@/lib/snapshot/holders";
import { openCredential } from "../credentials";
import { logEvent, writeLine } from "../log";
import { wantsSnapshot } from "../pause-state";
import { findPlan } from "../plan-record";
import { outlookOf } from "../queue/outlook";
import { loadImport } from "../record";
import { stepBudgetMs } from "./step-budget";

export interface KeepRequest {
  importId: string;
  epoch: number;
  generation: number;
  /** Tells repeated attempts of the same generation apart. */
  attempt: string;
  askForSuccessor: () => Promise<void>;
}

/** Holds the snapshot for one invocation, and says so when it cannot be held any more. */
export async function keepSnapshot(request: KeepRequest): Promise<HoldOutcome | "lost" | "not-needed"> {
  const { importId, epoch, generation, attempt } = request;
  const record = await loadImport(importId);
  if (!(await wantsSnapshot(importId, epoch))) return "not-needed";
  if ((await findPlan(importId)) && (await outlookOf(importId)).reading === 0) return "not-needed";
  const source = await openCredential(importId, "source");
  const startedAt = Date.now();
  try {
    const outcome = await holdSnapshot({
      // An engine may run one attempt twice: each is a holder of its own.
      key: { importId, epoch, generation, holder: `${attempt}:${ulid()}` },
      source,
      budgetMs: stepBudgetMs(record.options),
      askForSuccessor: request.askForSuccessor,
      isWanted: () => wantsSnapshot(importId, epoch),
    });
    await tellHowLong(importId, epoch, Date.now() - startedAt);
    return outcome;
  } catch (error) {
    if (!(error instanceof FerryError && error.code === "snapshot.lost")) throw error;
    await database().transaction(async (tx) => {
      await markLost(importId, epoch, tx);
      await writeLine(tx, importId, { level: "warn", kind: "snapshot.lost", message: LOST });
    });
    await failpoint("keeper.marked-lost");
    return "lost";
  }
}

const LOST = "No session holds the source's snapshot any more, and the source has changed since.";

/** For as long as a snapshot is held, the source's vacuum leaves there what has been deleted. */
async function tellHowLong(importId: string, epoch: number, tenureMs: number): Promise<void> {
  const held = lastHeld(await spansOf(importId, epoch));
  if (!held || heldMs(held) < WORTH_TELLING_MS) return;
  const words = heldWords(heldMs(held));
  if (!held.isHeld) {
    const message = `The source's snapshot is let go after ${words}: vacuum there is not held back any more.`;
    await logEvent(importId, "info", "snapshot.released", message);
  } else if (passesMark(heldMs(held) - tenureMs, heldMs(held))) {
    const message = `The source's snapshot has been held for ${words}: for as long, vacuum there has kept the rows that were deleted or changed.`;
    await logEvent(importId, "warn", "snapshot.held", message);
  }
}
