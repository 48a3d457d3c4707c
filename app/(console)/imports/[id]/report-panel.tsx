"use client";

import { CircleCheck, CircleX, Download, LoaderCircle, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Ago } from "@/app/_ui/ago";
import { buttonClasses } from "@/app/_ui/button";
import { Panel } from "@/app/_ui/panel";
import type { ReportLine } from "@/lib/imports/list-reports";
import { ReportDetails } from "./report-details";
import { useReports } from "./use-reports";
import { VerifyAgainButton } from "./verify-again-button";

const FILES = [
  { form: "json", word: "JSON" },
  { form: "markdown", word: "Markdown" },
  { form: "statement", word: "Signed statement" },
] as const;

/** What was compared and how, to look at, to keep and to send on; and the way to have it compared once more. */
export function ReportPanel({ id }: { id: string }) {
  const { lines, now, isLost, reload } = useReports(id);
  const [chosen, setChosen] = useState<number | null>(null);
  const ended = lines?.filter(({ state }) => state === "equal" || state === "differences") ?? [];
  const shown = ended.find(({ number }) => number === chosen) ?? ended.at(-1);
  return (
    <Panel title="Verification report" actions={<VerifyAgainButton id={id} onAsked={reload} />}>
      {isLost && (
        <p role="alert" className="px-4 pt-4 text-sm text-bad-text">
          The reports cannot be read at the moment.
        </p>
      )}
      <ul aria-label="Verifications" className="divide-y divide-line/60">
        {(lines ?? []).map((line) => (
          <li key={line.number}>
            <Line
              line={line}
              now={now}
              isShown={line === shown}
              onShow={() => setChosen(line.number)}
              isOnly={ended.length < 2}
            />
          </li>
        ))}
      </ul>
      {!lines && !isLost && <p className="min-h-16 px-4 py-3 text-sm text-quiet">Reading the reports…</p>}
      {lines?.length === 0 && <p className="p-4 text-sm text-quiet">Both sides were not compared yet.</p>}
      {(shown || !lines) && (
        // Unseen until the reports are read, but in its place, so that nothing below moves then.
        <div className={shown ? undefined : "invisible"}>
          <Downloads address={`/api/imports/${id}/reports/${shown?.number ?? 0}`} />
          <ReportDetails key={shown?.number ?? 0} id={id} number={shown?.number ?? 0} />
        </div>
      )}
    </Panel>
  );
}

function Downloads({ address }: { address: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t px-4 py-3">
      <span className="mr-2 text-sm text-quiet">Download</span>
      {FILES.map(({ form, word }) => (
        <a key={form} download href={`${address}/${form}`} className={buttonClasses("plain")}>
          <Download aria-hidden className="size-3.5" />
          {word}
        </a>
      ))}
    </div>
  );
}

const marks: Record<ReportLine["state"], { Mark: typeof CircleCheck; word: string; tone: string }> = {
  equal: { Mark: CircleCheck, word: "Equal", tone: "text-accent-text" },
  differences: { Mark: CircleX, word: "Differences", tone: "text-bad-text" },
  failed: { Mark: TriangleAlert, word: "Not made", tone: "text-warn-text" },
  running: { Mark: LoaderCircle, word: "Under way", tone: "text-quiet" },
};

interface LineProps {
  line: ReportLine;
  now: string;
  isShown: boolean;
  onShow: () => void;
  isOnly: boolean;
}

function Line({ line, now, isShown, onShow, isOnly }: LineProps) {
  const { Mark, word, tone } = marks[line.state];
  const mayShow = !isOnly && (line.state === "equal" || line.state === "differences");
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1 px-4 py-3 text-sm">
      <span className={`flex w-28 shrink-0 items-center gap-2 ${tone}`}>
        <Mark aria-hidden className="size-4 shrink-0" />
        {word}
      </span>
      <p className="min-w-0 flex-1 basis-80 break-words">{line.sentence}</p>
      <span className="text-quiet">
        {line.kind === "import" ? "Of the import" : "Later"}, <Ago at={line.at} now={now} />
      </span>
      {mayShow && (
        <button
          type="button"
          aria-pressed={isShown}
          onClick={onShow}
          className="underline underline-offset-2 aria-pressed:no-underline"
        >
          {isShown ? "Shown below" : "Show"}
        </button>
      )}
    </div>
  );
}
