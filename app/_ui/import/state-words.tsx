"use client";

import { type ReactNode, useEffect, useState } from "react";
import type { ImportView, StatementView } from "@/lib/imports/view";
import { useNow } from "../clock";
import { formatDuration, formatOffset, formatPercent } from "../format";
import { ProgressBar } from "../progress-bar";
import type { Liveness } from "./use-live-import";

/** Below the headline: what is at work, what it means for the source, what has been shown. */
export function StateWords({ view, liveness }: { view: ImportView; liveness: Liveness }) {
  const { status, statements, snapshotHeldSince, now } = view;
  if (liveness.connection === "lost" || liveness.connection === "offline") return <Lost liveness={liveness} />;
  if (status === "succeeded" && view.options.verify !== "none") return <Proof view={view} />;
  if (status === "succeeded") return <Words>Source and target were not compared.</Words>;
  if (status !== "queued" && status !== "running") return null;
  if (statements.length > 0) return <Statements statements={statements} />;
  if (snapshotHeldSince) return <HeldSnapshot since={snapshotHeldSince} now={now} />;
  return <Words>Ferry only reads from the source. You may close this page: the import goes on without it.</Words>;
}

function Words({ children }: { children: ReactNode }) {
  return <p className="mt-1 max-w-prose text-sm text-quiet">{children}</p>;
}

/** Numbers that are not of now say so: somebody may be deciding by them. */
function Lost({ liveness: { connection, heardAtMs } }: { liveness: Liveness }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="mt-1 max-w-prose text-sm text-warn-text">
      {connection === "offline" ? "This browser is offline." : "The connection to Ferry is lost."} What you see is{" "}
      {formatDuration(Math.max(now - heardAtMs, 1_000))} old. The import does not need this page, which catches up by
      itself.
    </p>
  );
}

function Proof({ view: { options, largeObjects } }: { view: ImportView }) {
  return (
    <div className="mt-1 max-w-prose text-sm">
      <p>Nothing is missing.</p>
      <p className="text-quiet max-sm:hidden">
        {options.verify === "checksums"
          ? "Every value of every table was compared by checksums made in both servers,"
          : "Every table was counted on both sides,"}{" "}
        under the snapshot that was copied, and the schema that arrived object by object, with each object&apos;s state.
        {largeObjects && " What the target stored of each large object is what the source sent."}
      </p>
    </div>
  );
}

/** What one statement takes long for: without this, an hour of one large index looks like nothing. */
function Statements({ statements }: { statements: StatementView[] }) {
  return (
    <ul aria-label="Long statements" className="mt-2 max-h-18 space-y-1.5 overflow-y-auto text-sm">
      {statements.map(({ lane, kind, subject, phase, fraction }) => (
        <li key={lane} className="flex items-center gap-3">
          <span className="min-w-0 flex-1 truncate">
            <span className="text-quiet">{kind === "analyze" ? "Statistics" : "Index"}</span>{" "}
            <span className="font-mono">{subject}</span>
            <span className="text-quiet"> {phase}</span>
          </span>
          <ProgressBar fraction={fraction ?? 0} label={subject} tone="info" className="w-20 sm:w-40" />
          <span className="w-10 text-right text-xs text-quiet">{fraction === null ? "" : formatPercent(fraction)}</span>
        </li>
      ))}
    </ul>
  );
}

function HeldSnapshot({ since, now }: { since: string; now: string }) {
  const heldMs = useNow(now, true) - Date.parse(since);
  return (
    <Words>
      Ferry only reads from the source, under one snapshot, held for {formatOffset(heldMs)}. Until it is let go, vacuum
      there keeps rows that are deleted or changed.
    </Words>
  );
}
