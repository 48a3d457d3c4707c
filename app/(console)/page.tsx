import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { abilities } from "@/app/_server/abilities";
import { allowPage } from "@/app/_server/access";
import { ButtonLink } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { listImports } from "@/lib/imports/list-imports";
import { hasEnded } from "@/lib/imports/status";
import { DemoButton } from "./_imports/demo-button";
import { EmptyImports } from "./_imports/empty-imports";
import { ImportsTable } from "./_imports/imports-table";
import { OtherPages } from "./_imports/other-pages";
import { RefreshWhile } from "./_imports/refresh-while";

export const metadata: Metadata = { title: "Imports" };

interface ImportsPageProps {
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function ImportsPage({ searchParams }: ImportsPageProps) {
  const viewer = await allowPage("imports.read", "/");
  const { before } = await searchParams;
  const isFirst = typeof before !== "string";
  const page = await listImports(isFirst ? {} : { before });
  const { imports } = page;
  const { hasDemo, hasLocalTarget } = abilities();
  const canTryDemo = hasDemo && hasLocalTarget;
  if (imports.length === 0 && isFirst) return <EmptyImports canTryDemo={canTryDemo} />;
  return (
    <>
      <PageHead
        title="Imports"
        description="Each copies one Postgres database and proves that nothing is missing."
        actions={
          <>
            {canTryDemo && <DemoButton look="plain" />}
            <ButtonLink href="/new" look="primary">
              <Plus aria-hidden className="size-3.5" />
              New import
            </ButtonLink>
          </>
        }
      />
      <ImportsTable imports={imports} now={new Date().toISOString()} hasPeople={viewer.kind !== "local"} />
      <OtherPages isFirst={isFirst} before={page.before} />
      <RefreshWhile isMoving={imports.some((item) => item.status !== "draft" && !hasEnded(item.status))} />
    </>
  );
}
