import { Plus } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { abilities } from "@/app/_server/abilities";
import { allowPage } from "@/app/_server/access";
import { Arriving } from "@/app/_ui/arriving";
import { ButtonLink } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { listImports } from "@/lib/imports/list-imports";
import { hasEnded } from "@/lib/imports/status";
import { DemoButton } from "./_imports/demo-button";
import { EmptyImports } from "./_imports/empty-imports";
import { ImportsSkeleton } from "./_imports/imports-skeleton";
import { ImportsTable } from "./_imports/imports-table";
import { OtherPages } from "./_imports/other-pages";
import { RefreshWhile } from "./_imports/refresh-while";

export const metadata: Metadata = { title: "Imports" };

interface ImportsPageProps {
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function ImportsPage({ searchParams }: ImportsPageProps) {
  const hasPeople = (await allowPage("imports.read", "/")).kind !== "local";
  const { before } = await searchParams;
  return (
    <Arriving
      content={listed(typeof before === "string" ? before : undefined, hasPeople)}
      skeleton={
        <>
          <Head />
          <ImportsSkeleton hasPeople={hasPeople} />
        </>
      }
    />
  );
}

async function listed(before: string | undefined, hasPeople: boolean): Promise<ReactNode> {
  const isFirst = before === undefined;
  const page = await listImports(isFirst ? {} : { before });
  const { imports } = page;
  if (imports.length === 0 && isFirst) return <EmptyImports canTryDemo={canTryDemo()} />;
  return (
    <>
      <Head />
      <ImportsTable imports={imports} now={new Date().toISOString()} hasPeople={hasPeople} />
      <OtherPages isFirst={isFirst} before={page.before} />
      <RefreshWhile isMoving={imports.some((item) => item.status !== "draft" && !hasEnded(item.status))} />
    </>
  );
}

function Head() {
  return (
    <PageHead
      title="Imports"
      description="Each copies one Postgres database and proves that nothing is missing."
      actions={
        <>
          {canTryDemo() && <DemoButton look="plain" />}
          <ButtonLink href="/new" look="primary">
            <Plus aria-hidden className="size-3.5" />
            New import
          </ButtonLink>
        </>
      }
    />
  );
}

function canTryDemo(): boolean {
  const { hasDemo, hasLocalTarget } = abilities();
  return hasDemo && hasLocalTarget;
}
