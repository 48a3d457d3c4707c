import type { Explanation } from "@/lib/errors/describe";
import type { FileView } from "@/lib/files/file-view";

const SLICE_BYTES = 8 * 1024 * 1024;
const WAITS_MS = [500, 1_000, 2_000, 5_000];
/** A line that is gone for longer is somebody's to look at. */
const MOST_LOST = 40;

/** What a person reads of it; thrown where no further try would help. */
export class FileTrouble extends Error {
  constructor(readonly explanation: Explanation) {
    super(explanation.what);
  }
}

const LOST: Explanation = {
  code: "internal",
  what: "Ferry could not be reached.",
  unharmed: "What has arrived of the file is kept.",
  remedy: "See that you are connected, and that Ferry runs; then choose the file again.",
};

export async function askFiles(path: string, init: RequestInit = {}): Promise<FileView> {
  const response = await fetch(`/api/files${path}`, init);
  const body = await response.json();
  if (!response.ok) throw new FileTrouble(body.error);
  return body;
}

const json = (body: unknown): RequestInit => ({
  ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
});

export const bring = (file: File): Promise<FileView> => askFiles("", json({ name: file.name, sizeBytes: file.size }));

export const readAgain = (id: string, options: unknown): Promise<FileView> => askFiles(`/${id}/load`, json(options));

/** Sends what is missing, slice by slice; a slice that gets lost is sent again, from where the server says. */
export async function sendFile(file: File, begun: FileView, onView: (view: FileView) => void): Promise<FileView> {
  let view = begun;
  for (let lost = 0; view.state === "arriving"; ) {
    const { id, receivedBytes: offset } = view;
    try {
      const body = file.slice(offset, offset + SLICE_BYTES);
      view = await askFiles(`/${id}/bytes?offset=${offset}`, { method: "PUT", body });
      lost = 0;
      onView(view);
    } catch (error) {
      if (error instanceof FileTrouble && error.explanation.code !== "request.too_many") throw error;
      lost += 1;
      if (lost > MOST_LOST) throw new FileTrouble(LOST);
      await new Promise((resolve) => setTimeout(resolve, WAITS_MS[Math.min(lost, WAITS_MS.length) - 1]));
    }
  }
  return view;
}
