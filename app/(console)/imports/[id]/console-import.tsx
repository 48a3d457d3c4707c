"use client";

import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { ImportBody } from "@/app/_ui/import/import-body";
import { useLiveImport } from "@/app/_ui/import/use-live-import";
import { Notice } from "@/app/_ui/notice";
import type { ImportView } from "@/lib/imports/view";
import { CancelButton } from "./cancel-button";
import { HandoverPanel } from "./handover-panel";
import { RetryButton } from "./retry-button";
import { ShareButton } from "./share-button";
import { SpeedLimit } from "./speed-limit";

export function ConsoleImport({ initial }: { initial: ImportView }) {
  const { view, connection } = useLiveImport(initial, `/api/imports/${initial.id}`);
  const { id, status } = view;
  const isUnderWay = status === "queued" || status === "running";
  return (
    <ImportBody
      view={view}
      connection={connection}
      above={{ href: "/", word: "Imports" }}
      controls={
        <>
          <ShareButton id={id} />
          {isUnderWay && <SpeedLimit id={id} limit={view.options.maxMegabytesPerSecond} />}
          {isUnderWay && <CancelButton id={id} />}
        </>
      }
      notice={stateNotice(view)}
      handover={
        (status === "succeeded" || status === "differences") && (
          <HandoverPanel id={id} target={view.target} isProven={status === "succeeded"} />
        )
      }
    />
  );
}

function stateNotice({ id, status, error }: ImportView): ReactNode {
  switch (status) {
    case "failed":
      return error && <ExplanationNotice error={error} actions={<RetryButton id={id} />} />;
    case "blocked":
      return (
        <Notice
          tone="warn"
          title="A check stopped this import before anything was changed."
          actions={
            <ButtonLink href={`/new?step=checks&import=${id}`} look="primary">
              Look at the checks
            </ButtonLink>
          }
        >
          {error && <p>{error.what}</p>}
          <p>Put right what the check names, run the checks again and start.</p>
        </Notice>
      );
    case "differences":
      return (
        <Notice tone="bad" title="Source and target are not the same.">
          <p>
            Every difference is listed below. The target is kept as it is, so that you can compare; do not use it yet.
          </p>
        </Notice>
      );
    case "cancelled":
      return (
        <Notice
          tone="info"
          title="This import was cancelled."
          actions={<ButtonLink href="/new">New import</ButtonLink>}
        >
          <p>The source was only read. What had already arrived stays in the target.</p>
        </Notice>
      );
    default:
      return null;
  }
}
