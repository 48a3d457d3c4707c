import { type CatalogueEntry, told } from "./entry";

/** What stops an import, or makes it wait. */
export const importing = {
  "check.blocked": {
    disposition: "never",
    what: (c) => `A check found something that stops this import: ${told(c.reason)}`,
    remedy: () => "Follow the remedy of the check, then run the checks again.",
  },
  "snapshot.lost": {
    disposition: "retry",
    what: () => "The session that held the source's snapshot is gone.",
    remedy: () => "Ferry takes a new snapshot: it goes on where nothing has changed, and copies again where it has.",
  },
  "snapshot.lost_often": {
    disposition: "wait",
    what: (c) => `The session that holds the source's snapshot was lost ${c.times} times.`,
    remedy: () => "Find out what ends idle transactions on the source, or import from a quiet replica; then retry.",
  },
  "snapshot.unavailable": {
    disposition: "retry",
    what: (c) => `No snapshot of the source was ready after ${c.seconds} seconds.`,
    remedy: () => "Ferry tries again; check that the source accepts new connections.",
  },
  "snapshot.too_old": {
    disposition: "retry",
    what: (c) => `The source has thrown away rows that the import's snapshot still needs for ${c.subject}.`,
    remedy: () =>
      "Ferry copies everything again under a new snapshot; raise old_snapshot_threshold on the source meanwhile, or turn it off.",
  },
  "source.schema_changed": {
    disposition: "wait",
    what: () => "The source's schema changed while the snapshot was lost, so what was created no longer matches it.",
    remedy: () => "Start a new import into an empty target.",
  },
  "source.table_rewritten": {
    disposition: "retry",
    what: (c) =>
      `${c.subject} was truncated or rewritten on the source, so the import's snapshot no longer shows its rows.`,
    remedy: () => "Ferry copies everything again under a new snapshot; leave TRUNCATE and VACUUM FULL for later.",
  },
  "source.table_changed": {
    disposition: "wait",
    what: (c) => `${c.subject} was dropped, renamed or altered on the source during the import: ${told(c.reason)}`,
    remedy: () => "Undo that change on the source, then retry; or start a new import of what is there now.",
  },
  "schema.dump_failed": {
    disposition: "retry",
    what: (c) => `pg_dump could not read the ${c.side === "target" ? "target" : "source"}'s schema: ${told(c.reason)}`,
    remedy: () => "Correct what pg_dump names, then retry.",
  },
  "schema.archive_unreadable": {
    disposition: "never",
    what: (c) => `The schema cannot be split safely at ${c.entry}.`,
    remedy: () => "Please report this with the definition of that object.",
  },
  "schema.entry_failed": {
    disposition: "wait",
    what: (c) => `The target refused ${String(c.kind).toLowerCase()} ${c.subject}: ${told(c.reason)}`,
    remedy: () => "Correct it on the source or leave it out, then retry.",
  },
  "copy.row_count_mismatch": {
    disposition: "retry",
    what: (c) => `${c.subject}: the source sent ${c.sent} rows, the target stored ${c.received}.`,
    remedy: () => "The range was rolled back and is copied again.",
  },
  "copy.refused": {
    disposition: "wait",
    what: (c) => `The target refused a row of ${c.subject}: ${told(c.reason)}`,
    remedy: () => "Correct the row on the source or the table on the target, then retry.",
  },
  "target.changed": {
    disposition: "wait",
    what: (c) => `On the target, ${c.subject} ${told(c.reason)}`,
    remedy: () => "Put that right and retry, or cancel this import and begin another one.",
  },
  "large_objects.taken": {
    disposition: "wait",
    what: (c) =>
      `The target has a ${c.subject} of its own, and columns of the source refer to another one by that number.`,
    remedy: () => "Remove it there with lo_unlink if nobody needs it, then retry; or import into an empty database.",
  },
  "large_objects.changed_on_the_way": {
    disposition: "retry",
    what: (c) => `What the target stored of ${c.subject} is not what the source sent.`,
    remedy: () => "It was rolled back and is carried again.",
  },
  "statement.failed": {
    disposition: "wait",
    what: (c) =>
      `${c.subject} failed on ${c.side === "metadata" ? "Ferry's own database" : `the ${c.side ?? "target"}`}: ${told(c.reason)}`,
    remedy: () => "Correct the cause, then retry: finished parts are not done again.",
  },
  "statement.conflict": {
    disposition: "retry",
    what: (c) => `${c.subject} met another transaction on the target: ${told(c.reason)}`,
    remedy: () => "Ferry tries again by itself.",
  },
  "statement.interrupted": {
    disposition: "retry",
    what: (c) => `${c.subject} was broken off on ${c.side ? `the ${c.side}` : "a server"}: ${told(c.reason)}`,
    remedy: () => "Ferry tries again by itself; if it keeps being broken off, that server's log has the reason.",
  },
  "statement.lost": {
    disposition: "retry",
    what: (c) => `${c.subject} was being worked on by the target alone, which ended it without a result.`,
    remedy: () => "Ferry begins it again by itself; if it keeps ending so, the target's log has the reason.",
  },
  "target.full": {
    disposition: "wait",
    what: (c) => `The target has no space left for ${c.subject}: ${told(c.reason)}`,
    remedy: () => "Make room or raise the target's limit, then retry: finished parts are not done again.",
  },
  "unit.stalled": {
    disposition: "retry",
    what: (c) => `${c.subject} did not move in a step of ${c.seconds} seconds${c.reason ? `: ${told(c.reason)}` : "."}`,
    remedy: () => "End what holds it up; Ferry tries again by itself for a while, and goes on there after a retry.",
  },
  "step.too_short": {
    disposition: "wait",
    what: (c) => `${c.subject} does not fit into a step of ${c.seconds} seconds.`,
    remedy: () =>
      "Allow longer steps (--step-budget, or FERRY_STEP_BUDGET_SECONDS within the platform's limit), then retry.",
  },
  "webhook.failed": {
    disposition: "retry",
    what: (c) => `Nobody could be told that the import has ended: ${told(c.reason)}`,
    remedy: () => "The import itself is not touched by this. Check FERRY_WEBHOOK_URL; Ferry tries again for a while.",
  },
  "report.missing": {
    disposition: "never",
    what: (c) => `There is no such verification report of this import, which is ${c.status}.`,
    remedy: () => "A report is there once an import that compares both sides has ended; take its number from the page.",
  },
  "verify.differences": {
    disposition: "never",
    what: (c) => `Source and target differ in ${c.count} place${c.count === 1 ? "" : "s"}.`,
    remedy: () => "Look at the report; the target is kept so that you can compare.",
  },
  "target.cannot": {
    disposition: "never",
    what: (c) => `${String(c.place).replace(/^./, (first) => first.toUpperCase())} cannot be ${c.verb}.`,
    remedy: () => "Branches of a Neon project can: import into one, or do it with the tools of that server.",
  },
} as const satisfies Record<string, CatalogueEntry>;
