import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { abilities } from "@/app/_server/abilities";
import { allowPage } from "@/app/_server/access";
import { Arriving } from "@/app/_ui/arriving";
import { ButtonLink } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { findRuns } from "@/lib/embedded/runs";
import { RefreshWhile } from "../_imports/refresh-while";
import { type Asked, choiceAddress, type RunChoice, readChoice } from "./run-choice";
import { RunFilters } from "./run-filters";
import { familyView } from "./run-view";
import { runLooks } from "./run-words";
import { RunsSkeleton } from "./runs-skeleton";
import { RunsTable } from "./runs-table";

export const metadata: Metadata = { title: "Runs" };

const words = Object.fromEntries(Object.entries(runLooks).map(([status, { word }]) => [status, word]));

export default async function RunsPage({ searchParams }: { searchParams: Promise<Asked> }) {
  await allowPage("runs.read", "/runs");
  if (!abilities().hasRuns) notFound();
  const choice = readChoice(await searchParams);
  return (
    <Arriving
      content={listed(choice)}
      skeleton={
        <>
          <Head
            actions={
              <RunFilters choice={choice} functionIds={choice.functionId ? [choice.functionId] : []} words={words} />
            }
          />
          <RunsSkeleton />
        </>
      }
    />
  );
}

async function listed(choice: RunChoice): Promise<ReactNode> {
  const { families, nextBefore, functionIds } = await findRuns(choice);
  const now = new Date();
  const isFiltered = choice.status !== undefined || choice.functionId !== undefined;
  return (
    <>
      <Head actions={<RunFilters choice={choice} functionIds={functionIds} words={words} />} />
      <div className="overflow-hidden rounded-md border bg-panel">
        {families.length > 0 ? (
          <RunsTable
            caption="Runs, newest first"
            families={families.map((family) => familyView(family, now))}
            now={now.toISOString()}
          />
        ) : (
          <p className="px-4 py-12 text-center text-sm text-quiet">
            {isFiltered || choice.before
              ? "No run fits this choice."
              : "Nothing has run yet. Start an import, and its runs appear here."}
          </p>
        )}
      </div>
      {(choice.before || nextBefore) && (
        <nav aria-label="Pages of runs" className="mt-4 flex justify-end gap-2">
          {choice.before && <ButtonLink href={choiceAddress({ ...choice, before: undefined })}>Newest</ButtonLink>}
          {nextBefore && <ButtonLink href={choiceAddress({ ...choice, before: nextBefore })}>Older</ButtonLink>}
        </nav>
      )}
      <RefreshWhile
        isMoving={families.some(({ run, children }) => [run, ...children].some(({ status }) => status === "running"))}
      />
    </>
  );
}

function Head({ actions }: { actions: ReactNode }) {
  return (
    <PageHead
      title="Runs"
      description="What the embedded step engine does and has done, for the last week. Imports are made of these."
      actions={actions}
    />
  );
}
