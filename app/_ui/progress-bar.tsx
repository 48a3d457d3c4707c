import { classes } from "./classes";
import { clampFraction, formatPercent } from "./format";

type Tone = "accent" | "info" | "bad" | "quiet";

const fills: Record<Tone, string> = { accent: "bg-accent", info: "bg-info", bad: "bg-bad", quiet: "bg-line-strong" };

interface ProgressBarProps {
  fraction: number;
  label: string;
  tone?: Tone;
  className?: string;
}

export function ProgressBar({ fraction, label, tone = "accent", className }: ProgressBarProps) {
  const value = clampFraction(fraction);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(value * 100)}
      aria-valuetext={formatPercent(value)}
      className={classes("h-1.5 overflow-hidden rounded-full bg-line", className)}
    >
      <div
        className={classes("h-full origin-left rounded-full transition-transform duration-500", fills[tone])}
        style={{ transform: `scaleX(${value})` }}
      />
    </div>
  );
}
