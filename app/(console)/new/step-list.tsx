import { Check } from "lucide-react";
import Link from "next/link";
import { classes } from "@/app/_ui/classes";
import type { ImportView } from "@/lib/imports/view";
import { type Step, type StepPlace, stepAddress, stepFor, steps, stepWords } from "./steps";

interface StepListProps {
  current: Step;
  draft: ImportView | null;
  place: StepPlace;
}

/** Where one is; a step that can be shown can be gone to. */
export function StepList({ current, draft, place }: StepListProps) {
  const at = steps.indexOf(current);
  return (
    <ol aria-label="Steps" className="mb-6 flex items-center gap-2 text-sm">
      {steps.map((step, own) => {
        const canGo = step !== current && stepFor(step, draft) === step;
        const label = <StepLabel number={own + 1} word={stepWords[step]} isDone={own < at} isCurrent={own === at} />;
        return (
          <li key={step} aria-current={own === at ? "step" : undefined} className="flex items-center gap-2">
            {own > 0 && <span aria-hidden className="h-px w-2 bg-line-strong sm:w-8" />}
            {canGo ? (
              <Link href={stepAddress(step, place)} className="rounded-sm hover:[&_span]:text-text">
                {label}
              </Link>
            ) : (
              label
            )}
          </li>
        );
      })}
    </ol>
  );
}

interface StepLabelProps {
  number: number;
  word: string;
  isDone: boolean;
  isCurrent: boolean;
}

function StepLabel({ number, word, isDone, isCurrent }: StepLabelProps) {
  return (
    <span className="flex items-center gap-2">
      <span
        aria-hidden
        className={classes(
          "grid size-5 shrink-0 place-items-center rounded-full border text-xs",
          isCurrent && "border-transparent bg-inverse text-on-inverse",
          isDone && "border-transparent bg-accent-soft text-accent-text",
          !isCurrent && !isDone && "text-quiet",
        )}
      >
        {isDone ? <Check className="size-3" strokeWidth={3} /> : number}
      </span>
      {/* On a phone there is room for one word. */}
      <span className={isCurrent ? "font-medium" : "text-quiet max-sm:sr-only"}>{word}</span>
    </span>
  );
}
