import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { abilities } from "@/app/_server/abilities";
import { allowPage } from "@/app/_server/access";
import { PageHead } from "@/app/_ui/page-head";
import { personOf } from "@/lib/accounts/viewer";
import { FerryError } from "@/lib/errors/ferry-error";
import { getImport } from "@/lib/imports/get-import";
import { neonAccount } from "@/lib/imports/neon/account";
import type { ImportView } from "@/lib/imports/view";
import { importAddress } from "../_imports/import-address";
import { ChecksStep } from "./checks-step";
import { type AskedChoices, readChoices } from "./choices";
import { ReviewStep } from "./review-step";
import { SourceStep } from "./source-step";
import { StepList } from "./step-list";
import { stepFor } from "./steps";

export const metadata: Metadata = { title: "New import" };

interface Props {
  searchParams: Promise<Partial<Record<"step" | "import" | "project" | keyof AskedChoices, string | string[]>>>;
}

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default async function NewImportPage({ searchParams }: Props) {
  const by = personOf(await allowPage("imports.create", "/new"));
  const asked = await searchParams;
  const id = one(asked.import);
  const draft = id ? await readDraft(id) : null;
  const choices = {
    lanes: one(asked.lanes),
    verify: one(asked.verify),
    owners: one(asked.owners),
    largeObjects: one(asked.largeObjects),
  };
  const step = stepFor(one(asked.step), draft);
  return (
    <div className="mx-auto max-w-4xl">
      <PageHead title="New import" above={{ href: "/", word: "Imports" }} />
      <StepList current={step} draft={draft} />
      {step === "checks" && draft ? (
        <ChecksStep draft={draft} />
      ) : step === "review" && draft ? (
        <ReviewStep draft={draft} choices={readChoices(choices, draft.options)} />
      ) : (
        <SourceStep
          hasLocalTarget={abilities().hasLocalTarget}
          hasNeon={(await neonAccount({ by })) !== null}
          project={one(asked.project)}
          draft={draft}
        />
      )}
    </div>
  );
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
