"use client";

import { may } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { CancelButton, PauseButton, ResumeButton } from "./control-buttons";
import { ShareButton } from "./share-button";
import { SpeedLimit } from "./speed-limit";

/** What can be done with an import as it is. */
export function ImportControls({ view }: { view: ImportView }) {
  const { id, status, options } = view;
  return (
    <>
      <ShareButton id={id} />
      {may("pause", status) && <SpeedLimit id={id} limit={options.maxMegabytesPerSecond} />}
      {may("pause", status) && <PauseButton id={id} />}
      {may("resume", status) && <ResumeButton id={id} />}
      {may("cancel", status) && status !== "draft" && <CancelButton id={id} />}
    </>
  );
}
