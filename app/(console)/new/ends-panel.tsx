import { ArrowRight } from "lucide-react";
import { Endpoint } from "@/app/_ui/endpoint";
import type { EndpointView, ImportView } from "@/lib/imports/view";

/** From where to where, and what runs there. */
export function EndsPanel({ draft }: { draft: ImportView }) {
  return (
    <section
      aria-label="Source and target"
      className="grid items-center gap-4 rounded-md border bg-panel p-4 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]"
    >
      <End word="Source" endpoint={draft.source} note="only read" />
      <ArrowRight aria-hidden className="size-4 text-quiet max-sm:rotate-90" />
      <End
        word="Target"
        endpoint={draft.target}
        note={draft.target.kind !== "url" ? "created at the start" : "must be empty"}
      />
    </section>
  );
}

function End({ word, endpoint, note }: { word: string; endpoint: EndpointView; note: string }) {
  const { version, user, provider } = endpoint;
  return (
    <div className="min-w-0">
      <h2 className="mb-2 text-sm text-quiet">{word}</h2>
      <Endpoint endpoint={endpoint} />
      <p className="mt-2 truncate text-xs text-quiet">
        {[provider, version && `Postgres ${version.split(" ")[0]}`, user && `as ${user}`, note]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}
