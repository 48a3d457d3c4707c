import { type Explanation, explain } from "@/lib/errors/describe";
import type { FileRecord, FileReport, FileState } from "./file-record";

/** What a page and a script are told of a file. */
export interface FileView {
  id: string;
  name: string;
  state: FileState;
  sizeBytes: number;
  /** Where the next slice begins. */
  receivedBytes: number;
  loadedBytes: number;
  /** Its load was cut off by the end of a process, and began anew. */
  wasInterrupted: boolean;
  report: FileReport | null;
  error: Explanation | null;
}

export function viewOf(record: FileRecord, receivedBytes: number): FileView {
  const { id, name, state, loadedBytes, report, error, options } = record;
  return {
    ...{ id, name, state, sizeBytes: record.sizeBytes ?? 0, receivedBytes, loadedBytes, report },
    wasInterrupted: options.wasInterrupted ?? false,
    error: error && explain(error),
  };
}
