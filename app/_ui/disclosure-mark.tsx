import { ChevronRight } from "lucide-react";

/** Before the words of a `summary`, in a `details` of class `group`: that there is more, and whether it is shown. */
export function DisclosureMark() {
  return (
    <ChevronRight aria-hidden className="mt-0.5 size-4 shrink-0 text-quiet transition-transform group-open:rotate-90" />
  );
}
