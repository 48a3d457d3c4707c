import { classes } from "./classes";

export type Look = "primary" | "plain" | "quiet" | "danger";

const looks: Record<Look, string> = {
  primary: "border-transparent bg-inverse text-on-inverse hover:bg-inverse-hover",
  plain: "border-line-strong bg-panel hover:bg-raised",
  quiet: "border-transparent text-quiet hover:bg-raised hover:text-text",
  danger: "border-line-strong bg-panel text-bad-text hover:border-bad hover:bg-bad-soft",
};

const BOX = classes(
  "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border",
  "text-sm font-medium transition-colors select-none",
  "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed",
);

/** The look of every button and of links that act as one. */
export function buttonClasses(look: Look, className?: string): string {
  return classes(BOX, "px-3", looks[look], className);
}

/** The same for a button of a mark alone; it needs an `aria-label`. */
export function markButtonClasses(look: Look): string {
  return classes(BOX, "w-8", looks[look]);
}

export function Spinner() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-3.5 animate-spin" fill="none" stroke="currentColor">
      <circle cx="8" cy="8" r="6" strokeWidth="2" opacity="0.25" />
      <path d="M14 8a6 6 0 0 0-6-6" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
