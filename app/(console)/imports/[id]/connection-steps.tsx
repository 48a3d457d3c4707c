"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button";
import type { EndpointView } from "@/lib/imports/view";
import { reveal } from "./actions";
import { maskedUrl } from "./masked-url";
import { Step, type Ticked } from "./step";

const MASK = "••••••••";

interface ConnectionStepsProps {
  id: string;
  target: EndpointView;
  copy: Ticked;
  query: Ticked;
}

/** The ways into the new database. The password comes on a click and not before. */
export function ConnectionSteps({ id, target, copy, query }: ConnectionStepsProps) {
  const [url, setUrl] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, startTransition] = useTransition();

  async function fetchStrings(): Promise<{ url: string; pooledUrl: string | null }> {
    const outcome = await reveal(id);
    if (outcome.ok) {
      setTrouble(null);
      return outcome.value;
    }
    setTrouble(`${outcome.error.what} ${outcome.error.remedy}`);
    throw new Error(outcome.error.what);
  }

  const fetchUrl = async () => (await fetchStrings()).url;
  /** Where there is no pooler, the server itself. */
  const fetchPooledUrl = async () => {
    const strings = await fetchStrings();
    return strings.pooledUrl ?? strings.url;
  };
  /** In single quotes nothing in it means anything to a shell. */
  const fetchCommand = async () => `psql '${(await fetchUrl()).replaceAll("'", "%27")}'`;
  const copied = () => copy.onDone?.(true);

  const toggle = () =>
    startTransition(async () => {
      setUrl(url === null ? await fetchUrl().catch(() => null) : null);
    });

  return (
    <>
      <Step
        title="Copy the connection string"
        text={target.neon ? "Pooled for applications, direct for migrations and tools." : "It comes with its password."}
        {...copy}
      >
        <div className="flex w-full flex-wrap gap-2 xl:w-140 xl:justify-end">
          <output
            aria-label="Connection string"
            className="flex min-h-8 min-w-0 flex-1 basis-full items-center rounded-md border bg-page px-3 py-1 font-mono text-xs break-all"
          >
            {url ?? maskedUrl(target, MASK)}
          </output>
          <Button isBusy={isBusy} onClick={toggle}>
            {url === null ? <Eye aria-hidden className="size-3.5" /> : <EyeOff aria-hidden className="size-3.5" />}
            {url === null ? "Show" : "Hide"}
          </Button>
          <CopyButton text={fetchUrl} onCopied={copied} label={target.neon ? "Copy direct" : "Copy"} />
          {target.neon && <CopyButton text={fetchPooledUrl} onCopied={copied} label="Copy pooled" />}
          {trouble && (
            <p role="alert" className="basis-full text-bad-text">
              {trouble}
            </p>
          )}
        </div>
      </Step>
      <Step
        title="Run a query"
        text="With psql or your own client, or try a page of your application against it."
        {...query}
      >
        <CopyButton
          text={fetchCommand}
          onCopied={() => query.onDone?.(true)}
          label="psql command"
          title="Copies it with the password"
        />
      </Step>
    </>
  );
}
