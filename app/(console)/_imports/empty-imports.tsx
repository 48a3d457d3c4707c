import { BadgeCheck, ClipboardPaste, ListChecks, Plus } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";
import { DemoButton } from "./demo-button";

const promises = [
  {
    Mark: ClipboardPaste,
    title: "Paste a connection string",
    text: "Any Postgres you can reach. Ferry only reads from it; nothing is changed there.",
  },
  {
    Mark: ListChecks,
    title: "See what would go wrong, before it does",
    text: "Version, privileges, size and what cannot be carried, each with the way to fix it.",
  },
  {
    Mark: BadgeCheck,
    title: "Get proof that everything arrived",
    text: "Schema and data in one consistent snapshot; rows are counted on both sides at the end.",
  },
] as const;

export function EmptyImports({ canTryDemo }: { canTryDemo: boolean }) {
  return (
    <div className="mx-auto max-w-xl py-12 sm:py-20">
      <h1 className="text-2xl font-semibold tracking-tight">Bring your Postgres database over</h1>
      <ul className="mt-8 divide-y rounded-md border bg-panel">
        {promises.map(({ Mark, title, text }) => (
          <li key={title} className="flex gap-4 p-4">
            <Mark aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
            <div>
              <p className="font-medium">{title}</p>
              <p className="mt-0.5 text-sm text-quiet">{text}</p>
            </div>
          </li>
        ))}
      </ul>
      <div className="mt-8 flex flex-wrap gap-2">
        <ButtonLink href="/new" look="primary">
          <Plus aria-hidden className="size-3.5" />
          New import
        </ButtonLink>
        {canTryDemo && <DemoButton look="plain" />}
      </div>
    </div>
  );
}
