"use client";

import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { ImportBody } from "@/app/_ui/import/import-body";
import { useLiveImport } from "@/app/_ui/import/use-live-import";
import { Mark } from "@/app/_ui/mark";
import type { ImportView } from "@/lib/imports/view";

/** The same page without controls. */
export function SharedImport({ initial, token }: { initial: ImportView; token: string }) {
  const { view, liveness } = useLiveImport(initial, `/api/share/${token}`);
  const { error, status } = view;
  return (
    <ImportBody
      view={view}
      liveness={liveness}
      above={{ lead: <SharedBy /> }}
      notice={status === "failed" && error ? <ExplanationNotice error={error} /> : null}
    />
  );
}

function SharedBy() {
  return (
    <p className="flex items-center gap-2.5">
      <Mark />
      <span>
        <span className="font-semibold text-text">Ferry</span> · shared with you, read-only
      </span>
    </p>
  );
}
