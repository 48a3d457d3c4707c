"use client";

import { hasEnded, may } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { CancelButton, ForgetButton, PauseButton, ResumeButton } from "./control-buttons";
import { ShareButton } from "./share-button";
import { SpeedLimit } from "./speed-limit";

/** What can be done with an import as it is. */
export function ImportControls({ view }: { view: ImportView }) {
  const { id, status, options, target, passwordsNeeded } = view;
  // Of a database that Ferry made on its own server there is nothing to forget: the password is Ferry's.
  const isProven = status === "succeeded" || status === "differences";
  const isForgotten = status === "cancelled" || passwordsNeeded.length > 0;
  const hasPasswords = hasEnded(status) && !isForgotten && !(isProven && target.kind === "local");
  return (
    <>
      {may("pause", status) && <SpeedLimit id={id} limit={options.maxMegabytesPerSecond} />}
      {may("pause", status) && <PauseButton id={id} />}
      {may("resume", status) && <ResumeButton id={id} />}
      {hasPasswords && <ForgetButton id={id} />}
      {may("cancel", status) && status !== "draft" && <CancelButton id={id} />}
      <ShareButton id={id} />
    </>
  );
}
