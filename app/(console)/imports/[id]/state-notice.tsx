"use client";

import type { ReactNode } from "react";
import { ButtonLink, buttonClasses } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { Notice } from "@/app/_ui/notice";
import type { ImportView } from "@/lib/imports/view";
import { pauseWords } from "@/lib/imports/view/pause";
import { GiveButton, LetGoButton, RetryAllButton, RetryButton } from "./control-buttons";

/** What an import that is not at work asks for; null where its headline says it all. */
export function stateNotice({ id, status, error, pause, passwordsNeeded }: ImportView): ReactNode {
  switch (status) {
    case "paused":
      return (
        <Notice
          tone="info"
          title="This import is paused."
          actions={pause?.snapshot === "held" && <LetGoButton id={id} />}
        >
          {pause && <p>{pauseWords(pause)}</p>}
        </Notice>
      );
    case "failed":
      return (
        error && (
          <ExplanationNotice
            error={error}
            actions={
              passwordsNeeded.length > 0 ? (
                <GiveButton id={id} sides={passwordsNeeded} />
              ) : (
                <>
                  <RetryButton id={id} />
                  <RetryAllButton id={id} />
                </>
              )
            }
          />
        )
      );
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
        <Notice
          tone="bad"
          title="Source and target are not the same."
          actions={
            <a href="#result" className={buttonClasses("plain")}>
              See what differs
            </a>
          }
        >
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
          <p>The source was only read, and both passwords are forgotten. The log says what became of the target.</p>
        </Notice>
      );
    default:
      return null;
  }
}
