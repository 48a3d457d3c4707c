import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache, type ReactNode } from "react";
import { allowPage } from "@/app/_server/access";
import { Arriving } from "@/app/_ui/arriving";
import { ImportSkeleton } from "@/app/_ui/import/import-skeleton";
import { pageTitle } from "@/app/_ui/import/page-title";
import { FerryError } from "@/lib/errors/ferry-error";
import { getImport } from "@/lib/imports/get-import";
import { getStatus } from "@/lib/imports/get-status";
import type { ImportStatus } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { importAddress } from "../../_imports/import-address";
import { ConsoleImport } from "./console-import";

interface Props {
  params: Promise<{ id: string }>;
}

const above = { href: "/", word: "Imports" };

/** One word, which is read at once: a page that is on its way could not be said to be missing any more. */
const statusOf = cache(async (id: string): Promise<ImportStatus> => {
  await allowPage("imports.read", `/imports/${id}`);
  return orNothing(getStatus({ id }));
});

/** Also for the title, which is made beside the page. */
const read = cache(async (id: string): Promise<ImportView> => {
  await statusOf(id);
  return orNothing(getImport({ id }));
});

async function orNothing<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof FerryError && error.code === "import.missing") notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  return { title: { absolute: pageTitle(await read(id)) } };
}

export default async function ImportPage({ params }: Props) {
  const { id } = await params;
  const status = await statusOf(id);
  // It may have to be sent elsewhere.
  if (status === "draft" || status === "blocked") return shown(id);
  const hasResult = status === "succeeded" || status === "differences";
  return <Arriving content={shown(id)} skeleton={<ImportSkeleton above={above} hasResult={hasResult} />} />;
}

async function shown(id: string): Promise<ReactNode> {
  const view = await read(id);
  const address = importAddress(view);
  if (address !== `/imports/${view.id}`) redirect(address);
  return <ConsoleImport initial={view} />;
}
