"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState, useTransition } from "react";
import { Button, ButtonLink } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import { Panel } from "@/app/_ui/panel";
import type { EndpointView } from "@/lib/imports/view";
import { reveal } from "./actions";
import { maskedUrl } from "./masked-url";

const afterProof = [
  {
    title: "Look at it",
    text: "Run a query with psql or your own client, or try a page of your application against it.",
  },
  {
    title: "Point your application at it",
    text: "Rows written to the source since the import began are not here. Stop writing there before you switch.",
  },
] as const;

const afterDifferences = [
  { title: "Compare", text: "Look at each object that is named above, here and in the source." },
  { title: "Import again", text: "Put the cause right in the source and start a new import into an empty target." },
] as const;

const MASK = "••••••••";

interface HandoverPanelProps {
  id: string;
  target: EndpointView;
  /** What is not the same as its source is there to be looked at, not to be used. */
  isProven: boolean;
}

/** The new database, handed over: its connection string and what to do with it. */
export function HandoverPanel({ id, target, isProven }: HandoverPanelProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, startTransition] = useTransition();

  const fetchUrl = async () => (await fetchStrings()).url;

  async function fetchStrings(): Promise<{ url: string; pooledUrl: string | null }> {
    const outcome = await reveal(id);
    if (outcome.ok) {
      setTrouble(null);
      return outcome.value;
    }
    setTrouble(`${outcome.error.what} ${outcome.error.remedy}`);
    throw new Error(outcome.error.what);
  }

  /** Where there is no pooler, the server itself. */
  const fetchPooledUrl = async () => (await fetchStrings()).pooledUrl ?? (await fetchUrl());

  const toggle = () =>
    startTransition(async () => {
      setUrl(url === null ? await fetchUrl().catch(() => null) : null);
    });

  return (
    <Panel title="Next steps">
      <ol className="grid text-sm max-lg:divide-y lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)] lg:divide-x">
        <li className="space-y-2 p-4">
          <p className="font-medium">1. Copy the connection string</p>
          <div className="flex flex-wrap gap-2">
            <output
              aria-label="Connection string"
              className="flex min-h-8 min-w-0 flex-1 basis-80 items-center rounded-md border bg-page px-3 py-1 font-mono text-xs break-all"
            >
              {url ?? maskedUrl(target, MASK)}
            </output>
            <Button isBusy={isBusy} onClick={toggle}>
              {url === null ? <Eye aria-hidden className="size-3.5" /> : <EyeOff aria-hidden className="size-3.5" />}
              {url === null ? "Show" : "Hide"}
            </Button>
            <CopyButton text={fetchUrl} />
            {target.neon && <CopyButton text={fetchPooledUrl} label="Copy pooled" title="For applications" />}
          </div>
          {trouble && (
            <p role="alert" className="text-bad-text">
              {trouble}
            </p>
          )}
        </li>
        {(isProven ? afterProof : afterDifferences).map(({ title, text }, place) => (
          <li key={title} className="space-y-1 p-4">
            <p className="font-medium">
              {place + 2}. {title}
            </p>
            <p className="text-quiet">{text}</p>
          </li>
        ))}
        {target.neon?.projectId && (
          <li className="space-y-2 border-t p-4 lg:col-span-3">
            <p className="font-medium">4. Keep the branch as you want it</p>
            <p className="text-quiet">Set it as the default one, rename it, delete older branches.</p>
            <ButtonLink href={`/projects/${target.neon.projectId}`}>Open the project</ButtonLink>
          </li>
        )}
      </ol>
    </Panel>
  );
}
