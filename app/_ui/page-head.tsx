import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { classes } from "./classes";

interface PageHeadProps {
  title: ReactNode;
  description?: ReactNode;
  /** The page above this one, or what stands in its place. */
  above?: { href: string; word: string } | { lead: ReactNode };
  /** At the far end of the line above the title: it may change its width. */
  aside?: ReactNode;
  actions?: ReactNode;
  /** They come and go: on narrow pages they have a row of their own, of which the room is kept. */
  areActionsChanging?: boolean;
}

/** From which width the actions stand beside the title, and the description below both. */
const EARLY = { columns: "md:grid-cols-[minmax(0,1fr)_auto]", below: "md:order-last md:col-span-2" };
const LATE = { columns: "xl:grid-cols-[minmax(0,1fr)_auto]", below: "xl:order-last xl:col-span-2" };

export function PageHead(props: PageHeadProps) {
  const { title, description, above, aside, actions, areActionsChanging = false } = props;
  return (
    <header className="mb-6">
      {(above || aside) && (
        <div
          className={classes(
            "flex min-h-5 items-center justify-between gap-4 text-sm text-quiet",
            above && "lead" in above ? "mb-6" : "mb-2",
          )}
        >
          {above && ("lead" in above ? above.lead : <Above {...above} />)}
          {aside && <div className="ml-auto shrink-0">{aside}</div>}
        </div>
      )}
      <div className={classes("grid items-center gap-x-6", areActionsChanging ? LATE.columns : EARLY.columns)}>
        <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
        {description && (
          <div className={classes("mt-1 min-w-0 text-quiet", areActionsChanging ? LATE.below : EARLY.below)}>
            {description}
          </div>
        )}
        {actions && (
          <div
            className={classes(
              "flex flex-wrap items-center gap-2 max-md:mt-4",
              areActionsChanging && "max-xl:mt-4 max-xl:min-h-8 max-xl:content-start max-md:min-h-18",
            )}
          >
            {actions}
          </div>
        )}
      </div>
    </header>
  );
}

function Above({ href, word }: { href: string; word: string }) {
  return (
    <Link href={href} className="-ml-1 inline-flex items-center gap-0.5 hover:text-text">
      <ChevronLeft aria-hidden className="size-4" />
      {word}
    </Link>
  );
}
