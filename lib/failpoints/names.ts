/** Where a failpoint stands, and what would be in danger if a process ended just there. */
interface Danger {
  file: string;
  danger: string;
}

const at = (file: string, danger: string): Danger => ({ file, danger });

const run = (file: string) => `lib/imports/run/${file}.ts`;

/** Every boundary at which a crash matters; a test compares this list with the sources. */
export const FAILPOINTS = {
  "move.untold": at(
    "lib/imports/record.ts",
    "Its status has changed in a transaction that may never end, and the log does not say so.",
  ),
  "start.moved": at(
    "lib/imports/start-import.ts",
    "It is queued, and no engine has been told: it would wait for ever.",
  ),
  "start.sent": at("lib/imports/start-import.ts", "The engine has been told, and who asked for it has no answer."),
  "pause.moved": at("lib/imports/pause-import.ts", "It is paused, and who asked for it has no answer."),
  "resume.moved": at("lib/imports/resume-import.ts", "It is queued again, and no engine has been told."),
  "retry.moved": at(
    "lib/imports/retry-import.ts",
    "It is queued again in a transaction that may never end, and its failed units are still failed.",
  ),
  "retry.revived": at("lib/imports/retry-import.ts", "Its units are ready, and nobody comes for them."),
  "cancel.moved": at("lib/imports/cancel-import.ts", "It is cancelled, and everything is still at work."),
  "cancel.sent": at("lib/imports/cancel-import.ts", "Its clean-up is on its way, and who asked for it has no answer."),
  "gate.checked": at(run("gate"), "The checks have passed, and nothing says so."),
  "gate.recorded": at(run("gate"), "It is running, and the engine does not know that the gate is behind it."),
  "prepare.made": at(run("prepare"), "The target's database is there, and nobody knows how to reach it."),
  "prepare.recorded": at(run("prepare"), "The target is known, and has no ledger."),
  "prepare.laid-out": at(run("prepare"), "The ledger is there, and is laid out once more."),
  "epoch.opened": at(run("open-epoch"), "The epoch is open, and no keeper has been asked for."),
  "epoch.keeper-asked": at(run("open-epoch"), "A keeper has been asked for, and the engine may open the epoch again."),
  "plan.begun": at(run("make-plan"), "Keeper and target are there, and nobody works under the snapshot yet."),
  "keeper.fresh": at("lib/snapshot/hold.ts", "A snapshot is taken, and nobody else can know of it."),
  "keeper.taken-over": at("lib/snapshot/hold.ts", "Two hold the snapshot, and only the first is known."),
  "keeper.recorded": at("lib/snapshot/hold.ts", "Who holds the snapshot is on record, and is not there any more."),
  "keeper.asked": at(
    "lib/snapshot/hold.ts",
    "A successor has been asked for, and whoever is to wait for it does not know.",
  ),
  "keeper.succeeded": at("lib/snapshot/hold.ts", "The successor is there, and the predecessor is about to leave."),
  "keeper.closed": at("lib/snapshot/hold.ts", "A keeper has left, and is still on record as one that holds."),
  "keeper.marked-lost": at(
    run("keep-snapshot"),
    "The snapshot is on record as lost, and the epoch is still the old one.",
  ),
  "plan.read": at(run("make-plan"), "The schema has been dumped, and is not stored."),
  "plan.half-stored": at(run("make-plan"), "An archive is stored without its units: a plan would be there in halves."),
  "plan.before-commit": at(run("make-plan"), "The whole plan is stored in a transaction that may never end."),
  "plan.committed": at(run("make-plan"), "The plan is there: made again it would bring every unit twice."),
  "plan.compared": at(run("make-plan"), "The schema is the same under a new snapshot, and nothing says so."),
  "unit.claimed": at("lib/imports/queue/claim.ts", "A unit has a lease, and nobody works on it."),
  "ledger.entered": at("lib/copy/ledger.ts", "The unit's row is taken in a transaction that holds up everybody else."),
  "ledger.worked": at("lib/copy/ledger.ts", "All is done on the target, and nothing of it is committed."),
  "ledger.committed": at(
    "lib/copy/ledger.ts",
    "It is done on the target, and the metadata does not know: done again it is doubled.",
  ),
  "copy.emptied": at("lib/copy/copy-part.ts", "The table has been emptied, and nothing has come yet."),
  "copy.half": at(run("run-unit"), "Some rows have arrived."),
  "copy.table-done": at(run("run-unit"), "One table of a bundle has arrived."),
  "copy.cut": at(
    run("run-unit"),
    "It is decided how the copy is cut, and an attempt at the whole may still be at work.",
  ),
  "objects.made": at(run("objects-unit"), "A long large object is there, empty, for several units to fill."),
  "objects.half": at("lib/copy/large-objects.ts", "Some bytes of the large objects have arrived."),
  "objects.cut": at(run("objects-unit"), "It is decided how the large objects are cut."),
  "split.recorded": at(run("attempt-unit"), "The ledger knows the pieces, and there are no units for them."),
  "split.half": at(
    "lib/imports/queue/split-unit.ts",
    "The unit has gone, and its successors do not wait for the pieces yet.",
  ),
  "split.stored": at(run("attempt-unit"), "The pieces are there in the place of the unit."),
  "unit.done": at(run("attempt-unit"), "The ledger says that it is done, and the metadata does not."),
  "unit.settled": at(run("attempt-unit"), "It is settled, and what waited for it has not been claimed."),
  "unit.postponing": at(run("attempt-unit"), "An error has been judged, and the unit has not been given back."),
  "detached.marked": at(run("detached-unit"), "It is on record as sent, and is not: it would be waited for."),
  "detached.sent": at(run("detached-unit"), "The target works on it, and nobody looks on."),
  "detached.watched": at(run("detached-unit"), "Somebody else's statement is looked after."),
  "detached.left": at(run("attempt-unit"), "It is left at work, and the unit has not been given back."),
  "detached.ended": at(run("detached-unit"), "The target has finished it, and the metadata does not know."),
  "statements.ending": at(
    run("clean-up"),
    "What the target works on alone is to be ended, and who was asked to do so goes.",
  ),
  "clean-up.left": at(run("clean-up"), "The ledger has gone, and the passwords are still there."),
  "clean-up.wiping": at(run("clean-up"), "One password has gone: nobody can look at that side again."),
  "change.raised": at("lib/copy/epoch.ts", "The ledger's epoch is raised in a transaction that may never end."),
  "change.constraints-dropped": at("lib/copy/epoch.ts", "The constraints have gone, and the rows have not."),
  "change.emptied": at("lib/copy/epoch.ts", "The tables are empty, and the ledger says that they are full."),
  "change.committed": at(run("open-epoch"), "The target is under the new epoch, and the metadata under the old one."),
  "change.reset": at(run("open-epoch"), "The units are ready again in a transaction that may never end."),
  "change.stored": at(run("open-epoch"), "Both sides are under the new epoch, and no keeper has been asked for."),
  "verify.dumped": at(run("verify-objects"), "The target has been dumped, and nothing has been compared."),
  "verify.forgotten": at(
    "lib/imports/verdict.ts",
    "What was noted as missing has been deleted, and the differences are not stored.",
  ),
  "verify.stored": at(run("verify-objects"), "The comparison is stored, and may be made again."),
  "finish.judged": at(
    run("finish-import"),
    "The verdict is known, and all that says so is that nobody can pause any more.",
  ),
  "finish.ledger-dropped": at(
    run("finish-import"),
    "The ledger has gone, and the import is still running: a unit would find none.",
  ),
  "finish.wiped": at(run("finish-import"), "The source's password has gone, and the import is still running."),
  "finish.moved": at(run("finish-import"), "It has ended, and the engine does not know."),
  "notify.posting": at("lib/imports/webhook.ts", "It has ended, and whoever wants to know has not been told."),
  "notify.posted": at("lib/imports/webhook.ts", "Whoever wants to know has been told, and the engine does not know."),
  "fail.moved": at(run("fail-import"), "It has failed, and its snapshot is still held."),
} as const satisfies Record<string, Danger>;

export type Failpoint = keyof typeof FAILPOINTS;
