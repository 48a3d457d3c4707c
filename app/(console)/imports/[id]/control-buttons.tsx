"use client";

import { Pause, Play, RotateCcw } from "lucide-react";
import { type ReactNode, Suspense, useState } from "react";
import { Button } from "@/app/_ui/button";
import { loadLater } from "@/app/_ui/load-later";
import { HELD_HOURS } from "@/lib/imports/view/pause";
import { ActButton } from "./act-button";
import { cancel, pause, resume, retry, wipePasswords } from "./actions";
import type { EndSide } from "./give-dialog";

// Loaded when it is first asked for: the page has to be there first.
const ChoiceDialog = loadLater(() => import("./choice-dialog"));

const GiveDialog = loadLater(() => import("./give-dialog"));

interface AskButtonProps {
  look?: "danger" | "primary";
  word: ReactNode;
  dialog: (close: () => void) => ReactNode;
}

function AskButton({ look, word, dialog }: AskButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look={look} onClick={() => setOpen(true)}>
        {word}
      </Button>
      <Suspense>{isOpen && dialog(() => setOpen(false))}</Suspense>
    </>
  );
}

export function PauseButton({ id }: { id: string }) {
  return (
    <AskButton
      word={
        <>
          <Pause aria-hidden className="size-3.5" />
          Pause
        </>
      }
      dialog={(close) => (
        <ChoiceDialog
          title="Pause this import?"
          description="What is done stays done. What is under way is rolled back, and done when it goes on. No session stays open on the target."
          ways={[
            {
              word: "Pause and hold the snapshot",
              hint: `It goes on where it stopped. One session stays open on the source, where vacuum keeps rows that are deleted or changed, until you go on; after ${HELD_HOURS} hours it is let go.`,
              act: () => pause(id, false),
            },
            {
              word: "Pause and let the snapshot go",
              hint: "Nothing is held back on the source. When it goes on, everything is read again, unless nothing was written to the source meanwhile.",
              act: () => pause(id, true),
            },
          ]}
          confirm="Pause it"
          leave="Go on importing"
          look="primary"
          onClose={close}
        />
      )}
    />
  );
}

export const ResumeButton = ({ id }: { id: string }) => (
  <ActButton word="Resume" Mark={Play} look="primary" act={() => resume(id)} />
);

export const LetGoButton = ({ id }: { id: string }) => (
  <ActButton word="Let the snapshot go" act={() => pause(id, true)} />
);

export const RetryButton = ({ id }: { id: string }) => (
  <ActButton word="Retry from here" Mark={RotateCcw} look="primary" act={() => retry(id, false)} />
);

/** In its place where the passwords are forgotten: with them it can go on. */
export const GiveButton = ({ id, sides }: { id: string; sides: readonly EndSide[] }) => (
  <AskButton
    look="primary"
    word="Retry with the passwords"
    dialog={(close) => <GiveDialog id={id} sides={sides} onClose={close} />}
  />
);

export function RetryAllButton({ id }: { id: string }) {
  return (
    <AskButton
      word="Retry all"
      dialog={(close) => (
        <ChoiceDialog
          title="Read everything again?"
          description="The tables that this import has filled are emptied, and every row is copied and compared anew under a new snapshot of the source. Retry from here would only do what is not done yet."
          ways={[{ word: "", hint: "", act: () => retry(id, true) }]}
          confirm="Read everything again"
          leave="Leave it"
          look="primary"
          onClose={close}
        />
      )}
    />
  );
}

export function CancelButton({ id }: { id: string }) {
  return (
    <AskButton
      look="danger"
      word="Cancel import"
      dialog={(close) => (
        <ChoiceDialog
          title="Cancel this import?"
          description="It stops for good: every session is closed, and both passwords are forgotten. The source was only read."
          ways={[
            {
              word: "Keep what has arrived",
              hint: "Tables and rows stay in the target as they are now. Only Ferry's own records go.",
              act: () => cancel(id, false),
            },
            {
              word: "Leave the target clean",
              hint: "What this import has made in the target is removed. What was there before stays, and so does what somebody else has built on it.",
              act: () => cancel(id, true),
            },
          ]}
          confirm="Cancel it"
          leave="Keep the import"
          look="danger"
          onClose={close}
        />
      )}
    />
  );
}

/** Otherwise it happens by itself a day after the end. */
export function ForgetButton({ id }: { id: string }) {
  return (
    <AskButton
      word="Forget passwords"
      dialog={(close) => (
        <ChoiceDialog
          title="Forget the passwords now?"
          description="Ferry keeps them, sealed, until 24 hours after the end of an import. Without them it cannot show the connection string, and a retry needs them again. Reports stay."
          ways={[{ word: "", hint: "", act: () => wipePasswords(id) }]}
          confirm="Forget them"
          leave="Keep them for now"
          look="danger"
          onClose={close}
        />
      )}
    />
  );
}
