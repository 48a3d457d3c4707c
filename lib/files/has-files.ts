import { env } from "@/lib/env";

/** Whether this Ferry takes files: it needs a disk and a server of its own. */
export function hasFiles(): boolean {
  const { FERRY_FILES_DIR, FERRY_FILES_URL, FERRY_MODE } = env();
  return FERRY_MODE === "embedded" && Boolean(FERRY_FILES_DIR && FERRY_FILES_URL);
}
