import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { classes } from "./classes";

interface PageHeadProps {
  title: ReactNode;
  description?: ReactNode;
  /** The page above this one. */
  above?: { href: string; word: string };
  actions?: ReactNode;
  /** They come and go: on narrow pages they have a row of their own, of which the room is kept. */
  areActionsChanging?: boolean;
}

export function PageHead({ title, description, above, actions, areActionsChanging = false }: PageHeadProps) {
  return (
    <header className="mb-6">
      {above && (
        <p className="mb-1 text-sm text-quiet">
          <Link href={above.href} className="-ml-1 inline-flex items-center gap-0.5 hover:text-text">
            <ChevronLeft aria-hidden className="size-4" />
            {above.word}
          </Link>
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
        {actions && (
          <div
            className={classes(
              "flex flex-wrap items-center gap-2",
              areActionsChanging &&
                "max-xl:min-h-8 max-xl:w-full max-xl:content-end max-xl:justify-end max-md:min-h-18",
            )}
          >
            {actions}
          </div>
        )}
      </div>
      {description && <div className="mt-1 text-quiet">{description}</div>}
    </header>
  );
}
