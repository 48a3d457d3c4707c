"use client";

import { ArrowLeftRight, Boxes, type LucideIcon, Plus, Settings, Workflow } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classes } from "./classes";
import { LinkPending } from "./link-pending";

interface Place {
  href: string;
  word: string;
  Mark: LucideIcon;
  /** True for every address that belongs to this place. */
  holds: (path: string) => boolean;
}

const everywhere: Place[] = [
  { href: "/", word: "Imports", Mark: ArrowLeftRight, holds: (path) => path === "/" || path.startsWith("/imports") },
  { href: "/projects", word: "Projects", Mark: Boxes, holds: (path) => path.startsWith("/projects") },
  { href: "/new", word: "New import", Mark: Plus, holds: (path) => path === "/new" },
];

const settings: Place = {
  href: "/settings",
  word: "Settings",
  Mark: Settings,
  holds: (path) => path.startsWith("/settings"),
};

const runs: Place = { href: "/runs", word: "Runs", Mark: Workflow, holds: (path) => path.startsWith("/runs") };

interface NavProps {
  hasRuns: boolean;
  folds?: boolean;
  onNavigate?: () => void;
}

/** Folded, the words stay for screen readers and as tooltips. */
export function Nav({ hasRuns, folds = false, onNavigate }: NavProps) {
  const path = usePathname();
  const places = [...everywhere, ...(hasRuns ? [runs] : []), settings];
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {places.map(({ href, word, Mark, holds }) => (
          <li key={href}>
            <Link
              href={href}
              onClick={onNavigate}
              aria-current={holds(path) ? "page" : undefined}
              title={folds ? word : undefined}
              className={classes(
                "flex h-8 items-center gap-2.5 rounded-md px-2 text-quiet transition-colors hover:bg-raised hover:text-text",
                "aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-text",
                folds && "max-lg:justify-center",
              )}
            >
              <Mark aria-hidden className="size-4 shrink-0" />
              <span className={folds ? "max-lg:sr-only" : undefined}>{word}</span>
              <span className={classes("ml-auto", folds && "max-lg:hidden")}>
                <LinkPending />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
