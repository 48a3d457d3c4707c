import type { ThroughputView } from "@/lib/imports/view";
import { formatCount, formatRate } from "../format";

export interface Rates {
  bytesPerSecond: number;
  rowsPerSecond: number;
}

/** The fastest step of either. */
export function fastest({ bytesPerSecond, rowsPerSecond }: ThroughputView): Rates {
  return { bytesPerSecond: Math.max(0, ...bytesPerSecond), rowsPerSecond: Math.max(0, ...rowsPerSecond) };
}

export const ratesAt = ({ bytesPerSecond, rowsPerSecond }: ThroughputView, step: number): Rates => ({
  bytesPerSecond: bytesPerSecond[step] ?? 0,
  rowsPerSecond: rowsPerSecond[step] ?? 0,
});

export const rateWords = ({ bytesPerSecond, rowsPerSecond }: Rates): string =>
  `${formatRate(bytesPerSecond)}, ${formatCount(rowsPerSecond)} rows/s`;
