import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { allowPage } from "@/app/_server/access";
import { pageTitle } from "@/app/_ui/import/page-title";
import { FerryError } from "@/lib/errors/ferry-error";
import { getImport } from "@/lib/imports/get-import";
import type { ImportView } from "@/lib/imports/view";
import { importAddress } from "../../_imports/import-address";
import { ConsoleImport } from "./console-import";

interface Props {
  params: Promise<{ id: string }>;
}

/** Also for the title, which is made beside the page. */
const read = cache(async (id: string): Promise<ImportView> => {
  await allowPage("imports.read", `/imports/${id}`);
  try {
    return await getImport({ id });
  } catch (error) {
    if (error instanceof FerryError && error.code === "import.missing") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  return { title: { absolute: pageTitle(await read(id)) } };
}

export default async function ImportPage({ params }: Props) {
  const { id } = await params;
  const view = await read(id);
  const address = importAddress(view);
  if (address !== `/imports/${view.id}`) redirect(address);
  return <ConsoleImport initial={view} />;
}
