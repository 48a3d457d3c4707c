import { CircleCheck, CircleSlash, CircleX, Clock, RotateCw } from "lucide-react";
import { Spinner } from "@/app/_ui/button";
import { MarkedWord, type WordLook } from "@/app/_ui/status-word";
import type { RunStatus, StepSummary } from "@/lib/embedded/runs";

export const runLooks: Record<RunStatus, WordLook> = {
  running: { word: "Running", Mark: Spinner, tone: "text-accent-text" },
  completed: { word: "Completed", Mark: CircleCheck, tone: "text-accent-text" },
  failed: { word: "Failed", Mark: CircleX, tone: "text-bad-text" },
  cancelled: { word: "Cancelled", Mark: CircleSlash, tone: "text-quiet" },
};

const stepLooks: Record<StepSummary["state"], WordLook> = {
  recorded: { word: "Done", Mark: CircleCheck, tone: "text-accent-text" },
  failed: { word: "Failed", Mark: CircleX, tone: "text-bad-text" },
  running: { word: "Running", Mark: Spinner, tone: "text-accent-text" },
  retrying: { word: "Retrying", Mark: RotateCw, tone: "text-warn-text" },
  waiting: { word: "Waiting", Mark: Clock, tone: "text-info-text" },
};

export const RunStatusWord = ({ status }: { status: RunStatus }) => <MarkedWord {...runLooks[status]} />;

export const StepStateWord = ({ state }: { state: StepSummary["state"] }) => <MarkedWord {...stepLooks[state]} />;
