import type { ReactNode } from "react";
import type { Explanation } from "@/lib/errors/describe";
import { Notice } from "./notice";

/** What failed and why, what was not harmed, what to do. */
export function ExplanationNotice({ error, actions }: { error: Explanation; actions?: ReactNode }) {
  return (
    <Notice tone="bad" title={error.what} isAlert actions={actions}>
      <p>{error.unharmed}</p>
      <p>
        <strong>What to do:</strong> {error.remedy}
      </p>
    </Notice>
  );
}
