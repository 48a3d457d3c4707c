"use client";

import { useCallback, useEffect, useState } from "react";
import type { ReportLine } from "@/lib/imports/list-reports";

const POLL_MS = 1_500;

interface Reports {
  lines: ReportLine[] | null;
  /** When they were read. */
  now: string;
  isLost: boolean;
  reload: () => void;
}

/** The verifications of an import, read again while one is under way; null until they are read. */
export function useReports(id: string): Reports {
  const [{ lines, now }, setRead] = useState<Pick<Reports, "lines" | "now">>({ lines: null, now: "" });
  const [isLost, setLost] = useState(false);
  const [asked, setAsked] = useState(0);
  const isUnderWay = lines?.some(({ state }) => state === "running") ?? false;
  const reload = useCallback(() => setAsked((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is reading again.
  useEffect(() => {
    const stop = new AbortController();
    const read = async () => {
      try {
        const response = await fetch(`/api/imports/${id}/reports`, { signal: stop.signal, cache: "no-store" });
        if (!response.ok) throw new Error(`Reading the reports answered ${response.status}.`);
        const read = (await response.json()) as ReportLine[];
        setRead({ lines: read, now: new Date().toISOString() });
        setLost(false);
      } catch (error) {
        if (stop.signal.aborted) return;
        console.warn(error);
        setLost(true);
      }
    };
    void read();
    const timer = isUnderWay ? setInterval(() => void read(), POLL_MS) : undefined;
    return () => {
      clearInterval(timer);
      stop.abort();
    };
  }, [id, asked, isUnderWay]);

  return { lines, now, isLost, reload };
}
