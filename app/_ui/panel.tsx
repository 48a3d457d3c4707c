import { type ReactNode, useId } from "react";
import { classes } from "./classes";

interface PanelProps {
  title: string;
  /** Beside the title: a count, or how the parts add up. */
  note?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A titled box. Its title names the region for screen readers. */
export function Panel({ title, note, actions, className, children }: PanelProps) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={classes("flex min-w-0 flex-col rounded-md border bg-panel", className)}
    >
      <header className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2">
        <h2 id={titleId} className="font-medium">
          {title}
        </h2>
        {note && <div className="text-sm text-quiet">{note}</div>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
