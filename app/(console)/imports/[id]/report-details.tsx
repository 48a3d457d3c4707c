"use client";

import { Suspense, useEffect, useRef, useState } from "react";
import { DisclosureMark } from "@/app/_ui/disclosure-mark";
import { loadLater } from "@/app/_ui/load-later";
import type { Report } from "@/lib/verify/report/report-schema";

const ReportSections = loadLater(() => import("./report-sections"));

type SignedReport = Report & { statement: string };

/** The whole of a report, read when it is opened: that of a large database is long. */
export function ReportDetails({ id, number }: { id: string; number: number }) {
  const [isOpen, setOpen] = useState(false);
  const [report, setReport] = useState<SignedReport | null>(null);
  const [isLost, setLost] = useState(false);
  const details = useRef<HTMLDetailsElement>(null);

  // It needs no script to be opened, and may have been before this one was there.
  useEffect(() => setOpen(details.current?.open ?? false), []);

  useEffect(() => {
    if (!isOpen || report) return;
    const stop = new AbortController();
    fetch(`/api/imports/${id}/reports/${number}`, { signal: stop.signal, cache: "no-store" })
      .then(async (response) => {
        if (!response.ok) throw new Error(`Reading the report answered ${response.status}.`);
        setReport((await response.json()) as SignedReport);
        setLost(false);
      })
      .catch((error: unknown) => {
        if (stop.signal.aborted) return;
        console.warn(error);
        setLost(true);
      });
    return () => stop.abort();
  }, [isOpen, report, id, number]);

  return (
    <details ref={details} className="group border-t text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex gap-1.5 px-4 py-3 font-medium hover:bg-raised/60">
        <DisclosureMark />
        What was compared, and how
      </summary>
      {isLost && (
        <p role="alert" className="px-4 pb-4 text-bad-text">
          The report cannot be read at the moment.
        </p>
      )}
      {!report && !isLost && <p className="px-4 pb-4 text-quiet">Reading the report…</p>}
      {report && (
        <Suspense>
          <ReportSections report={report} statement={report.statement} />
        </Suspense>
      )}
    </details>
  );
}
