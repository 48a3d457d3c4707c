"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState, useTransition } from "react";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { formatBytes } from "@/app/_ui/format";
import { ProgressBar } from "@/app/_ui/progress-bar";
import type { Explanation } from "@/lib/errors/describe";
import type { FileView } from "@/lib/files/file-view";
import { CheckProgress } from "../check-progress";
import { stepAddress } from "../steps";
import { useChecks } from "../use-checks";
import { CsvFields } from "./csv-fields";
import { FileReportPanel } from "./file-report";
import { useFile } from "./use-file";

/** A file becomes a database on this machine, which is then imported like any other. */
export function FileForm({ project }: { project: string | undefined }) {
  const router = useRouter();
  const { view, error, isSending, choose, again, remove } = useFile();
  const { results, run } = useChecks();
  const [trouble, setTrouble] = useState<Explanation | null>(null);
  const [isBusy, startTransition] = useTransition();
  const sending = useRef({ id: "", key: "" });
  const shown = error ?? view?.error ?? trouble;

  function go(id: string) {
    if (isBusy) return;
    setTrouble(null);
    if (sending.current.id !== id) sending.current = { id, key: crypto.randomUUID() };
    startTransition(async () => {
      const outcome = await run("/api/imports", { file: id }, sending.current.key);
      if (!outcome.ok) return setTrouble(outcome.error);
      const place = { importId: outcome.value.id, project };
      window.history.replaceState(null, "", stepAddress("source", place));
      router.push(stepAddress("checks", place));
    });
  }

  return (
    <div className="space-y-6 rounded-md border bg-panel p-4 sm:p-6">
      {(view === null || (view.state === "arriving" && !isSending)) && <Chooser begun={view} onChoose={choose} />}
      {view && <Progress view={view} />}
      {shown && <ExplanationNotice error={shown} />}
      {view?.report && <FileReportPanel report={view.report} />}
      {(view?.report?.kind === "csv" || view?.state === "failed") && (
        <CsvFields
          key={view.state}
          report={view.report?.kind === "csv" ? view.report : null}
          onRead={(options) => void again(options)}
        />
      )}
      {results && results.length > 0 && (
        <div className="rounded-md border">
          <CheckProgress results={results} />
        </div>
      )}
      {view && (
        <div className="flex flex-wrap items-center gap-2">
          {view.state === "ready" && (
            <Button look="primary" isBusy={isBusy} onClick={() => go(view.id)}>
              {isBusy ? "Checking" : "Check and continue"}
            </Button>
          )}
          {!isSending && <Button onClick={() => void remove()}>Use another file</Button>}
        </div>
      )}
    </div>
  );
}

interface ChooserProps {
  /** What was begun and not sent to its end. */
  begun: FileView | null;
  onChoose: (file: File) => Promise<void>;
}

function Chooser({ begun, onChoose }: ChooserProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="font-medium">
        File
      </label>
      <p id={`${id}-hint`} className="mt-0.5 text-sm text-quiet">
        {begun
          ? `Choose ${begun.name} again: ${formatBytes(begun.receivedBytes)} of ${formatBytes(begun.sizeBytes)} have arrived, and only the rest is sent.`
          : "A plain SQL dump of pg_dump, or a CSV file, which becomes one table. It is kept on this machine until it has been imported."}
      </p>
      <input
        id={id}
        type="file"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void onChoose(file);
        }}
        className="mt-2 block w-full rounded-md border border-line-strong bg-page p-2 text-sm file:mr-3 file:rounded-sm file:border file:border-line-strong file:bg-raised file:px-3 file:py-1 file:text-text"
      />
    </div>
  );
}

function Progress({ view }: { view: FileView }) {
  const { name, state, sizeBytes, receivedBytes, loadedBytes, wasInterrupted } = view;
  const done = state === "arriving" ? receivedBytes : state === "loading" ? loadedBytes : sizeBytes;
  const words = {
    arriving: `${formatBytes(done)} of ${formatBytes(sizeBytes)} have arrived`,
    loading: `${formatBytes(done)} of ${formatBytes(sizeBytes)} have been read`,
    ready: formatBytes(sizeBytes),
    failed: "could not be read",
  }[state];
  return (
    <div className="space-y-2">
      <p className="text-sm" role="status">
        <span className="font-medium break-all">{name}</span> <span className="text-quiet tabular-nums">{words}</span>
      </p>
      {(state === "arriving" || state === "loading") && (
        <ProgressBar fraction={done / Math.max(1, sizeBytes)} label={state === "arriving" ? "Arrived" : "Read"} />
      )}
      {wasInterrupted && (
        <p className="text-sm text-warn-text">Ferry was stopped while it read this file, and began anew.</p>
      )}
    </div>
  );
}
