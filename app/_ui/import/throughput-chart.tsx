"use client";

import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { ThroughputView } from "@/lib/imports/view";
import { chartOptions } from "./throughput-options";
import { useDrawnTheme } from "./use-drawn-theme";

interface ThroughputChartProps {
  throughput: ThroughputView;
  /** Hears at which step a reader points; null when at none. */
  onPoint: (step: number | null) => void;
}

export default function ThroughputChart(props: ThroughputChartProps) {
  // A canvas does not follow CSS variables: another theme is another drawing.
  return <Drawing key={useDrawnTheme()} {...props} />;
}

function Drawing({ throughput, onPoint }: ThroughputChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const latest = useRef(throughput);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const size = () => ({ width: element.clientWidth, height: element.clientHeight });
    const spanSeconds = () => latest.current.spanMs / 1_000;
    const drawn = new uPlot(
      { ...size(), ...chartOptions(element, spanSeconds, onPoint) },
      series(latest.current),
      element,
    );
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize(size()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.destroy();
      plot.current = null;
    };
  }, [onPoint]);

  useEffect(() => {
    latest.current = throughput;
    plot.current?.setData(series(throughput));
  }, [throughput]);

  return <div ref={box} className="h-full overflow-hidden" />;
}

/** Each rate stands at the middle of its step. */
function series({ stepMs, bytesPerSecond, rowsPerSecond }: ThroughputView): uPlot.AlignedData {
  return [bytesPerSecond.map((_, step) => ((step + 0.5) * stepMs) / 1_000), bytesPerSecond, rowsPerSecond];
}
