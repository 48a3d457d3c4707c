"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { classes } from "@/app/_ui/classes";
import { findKept } from "../kept";
import { FileForm } from "./file-form";

const TABS = ["Connection string", "File"] as const;
type Tab = (typeof TABS)[number];

interface SourceTabsProps {
  project: string | undefined;
  /** Whether this Ferry takes files. */
  hasFiles: boolean;
  connection: ReactNode;
}

/** Two ways to say what is to be imported. Both stay as they are left. */
export function SourceTabs({ project, hasFiles, connection }: SourceTabsProps) {
  const id = useId();
  const [tab, setTab] = useState<Tab>("Connection string");
  const list = useRef<HTMLDivElement>(null);
  // A file that this tab has begun to bring is what somebody comes back for.
  useEffect(() => {
    if (hasFiles && typeof findKept("file") === "string") setTab("File");
  }, [hasFiles]);

  function move(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = tab === "File" ? 0 : 1;
    setTab(TABS[next]);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  }

  return (
    <div>
      <div ref={list} role="tablist" aria-label="What to import from" className="mb-3 flex gap-1" onKeyDown={move}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === tab}
            aria-controls={`${id}-panel`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
            className={classes(
              "rounded-md border px-3 py-1.5 text-sm",
              name === tab
                ? "border-line-strong bg-raised font-medium"
                : "border-transparent text-quiet hover:text-text",
            )}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        <div hidden={tab !== "Connection string"}>{connection}</div>
        {tab === "File" && (hasFiles ? <FileForm project={project} /> : <NotHere />)}
      </div>
    </div>
  );
}

const NotHere = () => (
  <p className="rounded-md border bg-panel p-4 text-sm text-quiet sm:p-6">
    Dumps and CSV files are imported by a Ferry that runs on your own machine, with its own servers: start one with{" "}
    <code className="font-mono">npm start</code>.
  </p>
);
