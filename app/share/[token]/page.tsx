import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { publicOrigin } from "@/app/_server/public-origin";
import { pageTitle } from "@/app/_ui/import/page-title";
import { FerryError } from "@/lib/errors/ferry-error";
import { getSharedImport } from "@/lib/imports/get-shared-import";
import type { ImportView } from "@/lib/imports/view";
import { SharedImport } from "./shared-import";

interface Props {
  params: Promise<{ token: string }>;
}

const read = cache(async (token: string): Promise<ImportView> => {
  try {
    return await getSharedImport({ token });
  } catch (error) {
    if (error instanceof FerryError && error.code === "share.invalid") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const view = await read(token);
  const title = pageTitle(view);
  // What chats show beside the link. They fetch the picture by the same link.
  const origin = await publicOrigin();
  const card = { url: `${origin}/api/share/${token}/card`, width: 1200, height: 630, alt: title };
  const told = { title, description: view.headline, images: origin === null ? [] : [card] };
  return {
    title: { absolute: title },
    description: view.headline,
    openGraph: { ...told, type: "website", siteName: "Ferry" },
    twitter: { ...told, card: "summary_large_image" },
    robots: { index: false, follow: false },
    // The address is the key to this page: no other site may learn it.
    referrer: "no-referrer",
  };
}

export default async function SharePage({ params }: Props) {
  const { token } = await params;
  const view = await read(token);
  return (
    <main className="mx-auto w-full max-w-[1280px] px-4 py-6 sm:px-6 lg:px-8">
      <SharedImport initial={view} token={token} />
    </main>
  );
}
