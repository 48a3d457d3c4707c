"use client";

import { ImportBody } from "@/app/_ui/import/import-body";
import { useLiveImport } from "@/app/_ui/import/use-live-import";
import type { ImportView } from "@/lib/imports/view";
import { HandoverPanel } from "./handover-panel";
import { ImportControls } from "./import-controls";
import { ReportPanel } from "./report-panel";
import { stateNotice } from "./state-notice";

export function ConsoleImport({ initial }: { initial: ImportView }) {
  const { view, liveness } = useLiveImport(initial, `/api/imports/${initial.id}`);
  const { id, status } = view;
  return (
    <ImportBody
      view={view}
      liveness={liveness}
      above={{ href: "/", word: "Imports" }}
      controls={<ImportControls view={view} />}
      notice={stateNotice(view)}
      handover={
        (status === "succeeded" || status === "differences") && (
          <>
            <ReportPanel id={id} />
            {/* The branch of a test run is not there any more. */}
            {!(view.options.testRun && status === "succeeded") && (
              <HandoverPanel id={id} target={view.target} isProven={status === "succeeded"} />
            )}
          </>
        )
      }
    />
  );
}
