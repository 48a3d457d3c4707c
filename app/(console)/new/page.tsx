import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { abilities } from "@/app/_server/abilities";
import { allowPage } from "@/app/_server/access";
import { PageHead } from "@/app/_ui/page-head";
import { personOf } from "@/lib/accounts/viewer";
import { FerryError } from "@/lib/errors/ferry-error";
import { getImport } from "@/lib/imports/get-import";
import type { ImportView } from "@/lib/imports/view";
import { importAddress } from "../_imports/import-address";
import { ChecksStep } from "./checks-step";
import { FreshDraft } from "./fresh-draft";
import { ReviewStep } from "./review-step";
import { SourceStep } from "./source-step";
import { StepList } from "./step-list";
import { type Step, type StepPlace, stepFor } from "./steps";
import { WhatStep } from "./what-step";
import { WhereStep } from "./where-step";

export const metadata: Metadata = { title: "New import" };

interface Props {
  searchParams: Promise<Partial<Record<"step" | "import" | "project", string | string[]>>>;
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function NewImportPage({ searchParams }: Props) {
  const by = personOf(await allowPage("imports.create", "/new"));
  const asked = await searchParams;
  const id = one(asked.import);
  const draft = id ? await readDraft(id) : null;
  const step = stepFor(one(asked.step), draft);
  const place = { importId: draft?.id ?? null, project: one(asked.project) };
  return (
    <div className="mx-auto max-w-4xl">
      <PageHead title="New import" above={{ href: "/", word: "Imports" }} />
      <StepList current={step} draft={draft} place={place} />
      <FreshDraft reading={randomUUID()} />
      {draft ? (
        <DraftStep step={step} draft={draft} place={place} by={by} />
      ) : (
        <SourceStep project={place.project} draft={null} hasFiles={abilities().hasFiles} />
      )}
    </div>
  );
}

interface DraftStepProps {
  step: Step;
  draft: ImportView;
  place: StepPlace;
  by: string;
}

function DraftStep({ step, draft, place, by }: DraftStepProps) {
  switch (step) {
    case "source":
      return <SourceStep key={draft.id} project={place.project} draft={draft} hasFiles={abilities().hasFiles} />;
    case "checks":
      return <ChecksStep draft={draft} place={place} />;
    case "what":
      return <WhatStep draft={draft} place={place} />;
    case "where":
      return <WhereStep draft={draft} place={place} by={by} />;
    case "review":
      return <ReviewStep draft={draft} place={place} />;
  }
}

/** Null where nothing is known by that id; an import that has begun is shown on its own page. */
async function readDraft(id: string): Promise<ImportView | null> {
  const view = await getImport({ id }).catch((error: unknown) => {
    if (error instanceof FerryError && error.code === "import.missing") return null;
    throw error;
  });
  if (view && view.status !== "draft" && view.status !== "blocked") redirect(importAddress(view));
  return view;
}
