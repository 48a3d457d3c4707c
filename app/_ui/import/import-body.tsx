"use client";

import { ArrowRight } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { hasEnded } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
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
import { TablesPanel } from "./tables-panel";
import { ThroughputPanel } from "./throughput-panel";
import type { Connection } from "./use-live-import";
import { VerificationPanel } from "./verification-panel";

interface ImportBodyProps {
  view: ImportView;
  connection: Connection;
  above?: { href: string; word: string };
  /** Buttons beside the title; a shared page has none. */
  controls?: ReactNode;
  /** In place of the headline, what the state asks for: an error with its way on, a word on what was cancelled. */
  notice?: ReactNode;
  /** What to do with the result. */
  handover?: ReactNode;
}

/** An import as the console and a shared link show it. */
export function ImportBody({ view, connection, above, controls, notice, handover }: ImportBodyProps) {
  const title = pageTitle(view);
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
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-sm">
            <EndpointLine endpoint={view.source} />
            <ArrowRight aria-label="to" className="size-3.5 shrink-0" />
            <EndpointLine endpoint={view.target} />
          </span>
        }
        actions={
          <>
            <ConnectionMark connection={connection} />
            {controls}
          </>
        }
      />
      <div className="space-y-4">
        {connection === "gone" && (
          <Notice tone="warn" title="This import can no longer be read." isAlert>
            <p>It was removed, or the link has expired or was revoked. What you see is how it was last.</p>
          </Notice>
        )}
        {notice ?? <p className="text-lg break-words">{view.headline}</p>}
        <ProgressPanel view={view} />
        <VerificationPanel view={view} />
        {handover}
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
      </div>
    </>
  );
}
