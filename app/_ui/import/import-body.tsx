"use client";

import { ArrowRight } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useState } from "react";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { buttonClasses } from "../button-look";
import { EndpointLine } from "../endpoint";
import { FindingList, findingsSummary } from "../finding-list";
import { Notice } from "../notice";
import { PageHead } from "../page-head";
import { Panel } from "../panel";
import { StatusWord } from "../status-word";
import { Announcer } from "./announcer";
import { ConnectionMark } from "./connection-mark";
import { LanesPanel } from "./lanes-panel";
import { LargeObjectsPanel } from "./large-objects-panel";
import { LogPanel } from "./log-panel";
import { pageTitle } from "./page-title";
import { ProgressPanel } from "./progress-panel";
import { SkippedPanel } from "./skipped-panel";
import { StateCard } from "./state-card";
import { TablesPanel } from "./tables-panel";
import { ThroughputPanel } from "./throughput-panel";
import type { Liveness } from "./use-live-import";
import { VerificationPanel } from "./verification-panel";

interface ImportBodyProps {
  view: ImportView;
  liveness: Liveness;
  above: ComponentProps<typeof PageHead>["above"];
  /** Buttons beside the title; a shared page has none. */
  controls?: ReactNode;
  /** In place of the headline, what the state asks for: an error with its way on, a word on what was cancelled. */
  notice?: ReactNode;
  /** What to do with the result. */
  handover?: ReactNode;
}

/** An import as the console and a shared link show it. */
export function ImportBody({ view, liveness, above, controls, notice, handover }: ImportBodyProps) {
  const title = pageTitle(view);
  const { connection } = liveness;
  const [opened] = useState(view.status);
  // Room for what may come is kept for who watches; who opens the page of one that has ended sees no empty place.
  const [isWatched, setWatched] = useState(!hasEnded(opened));
  if (!isWatched && !hasEnded(view.status)) setWatched(true);
  const hasResult = view.status === "succeeded" || view.status === "differences";
  // Whoever opens the page of one that has ended sees its result first. Whoever has watched it end finds the result
  // below what was there: nothing that somebody looks at moves.
  const isResultFirst = hasResult && opened === view.status;
  const result = hasResult && (
    <div id="result" className="scroll-mt-16 space-y-4">
      <VerificationPanel view={view} />
      {handover}
    </div>
  );
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <>
      <Announcer view={view} />
      <PageHead
        above={above}
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {view.name}
            <StatusWord status={view.status} />
          </span>
        }
        description={
          // One line, on a phone two: what becomes known later, as the target's version, moves nothing.
          <span className="flex min-w-0 gap-x-2 text-sm max-sm:flex-col sm:items-center">
            <EndpointLine endpoint={view.source} />
            <span className="flex min-w-0 items-center gap-x-2">
              <ArrowRight aria-label="to" className="size-3.5 shrink-0" />
              <EndpointLine endpoint={view.target} />
            </span>
            {view.by !== null && <span className="shrink-0 text-quiet">by {view.by}</span>}
          </span>
        }
        aside={<ConnectionMark connection={connection} />}
        actions={controls}
        areActionsChanging={isWatched}
      />
      <div className="space-y-4">
        {connection === "gone" && (
          <Notice tone="warn" title="This import can no longer be read." isAlert>
            <p>It was removed, or the link has expired or was revoked. What you see is how it was last.</p>
          </Notice>
        )}
        <StateCard
          view={view}
          liveness={liveness}
          notice={notice}
          isRoomKept={isWatched}
          way={
            (handover || view.verification.status === "differences") &&
            hasResult &&
            !isResultFirst && (
              <a href="#result" className={buttonClasses("primary")}>
                {handover ? "Report and next steps" : "Result"}
              </a>
            )
          }
        />
        <ProgressPanel view={view} />
        {isResultFirst && result}
        <ThroughputPanel throughput={view.throughput} isOver={hasEnded(view.status)} />
        <LanesPanel view={view} />
        <TablesPanel
          tables={view.tables}
          isCompared={view.verification.status !== "not_asked"}
          isOver={hasEnded(view.status)}
        />
        {view.largeObjects && <LargeObjectsPanel objects={view.largeObjects} />}
        <LogPanel events={view.events} startedAt={view.startedAt} />
        {view.findings.length > 0 && (
          <Panel title="Checks" note={findingsSummary(view.findings)}>
            <FindingList findings={view.findings} />
          </Panel>
        )}
        {view.skipped.length > 0 && <SkippedPanel skipped={view.skipped} />}
        {!isResultFirst && result}
      </div>
    </>
  );
}
