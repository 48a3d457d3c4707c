import { ArrowRight } from "lucide-react";
import { Endpoint } from "@/app/_ui/endpoint";
import type { EndpointView, ImportView } from "@/lib/imports/view";

const targetNotes: Record<EndpointView["kind"], string | null> = {
  ...{ demo: null, file: null, local: "created at the start", neon: "created at the start" },
  ...{ url: "must be empty", unchosen: "after the checks" },
};

/** From where to where, and what runs there. */
export function EndsPanel({ draft }: { draft: ImportView }) {
  return (
    <section
      aria-label="Source and target"
      className="grid items-start gap-4 rounded-md border bg-panel p-4 sm:grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)]"
    >
      <End word="Source" endpoint={draft.source} note="only read" />
      <ArrowRight aria-hidden className="size-4 self-center text-quiet max-sm:rotate-90" />
      <End word="Target" endpoint={draft.target} note={targetNotes[draft.target.kind]} />
    </section>
  );
}

function End({ word, endpoint, note }: { word: string; endpoint: EndpointView; note: string | null }) {
  const { version, user, provider } = endpoint;
  return (
    <div className="min-w-0">
      <h2 className="mb-2 text-sm text-quiet">{word}</h2>
      <Endpoint endpoint={endpoint} isWhole />
      <p className="mt-2 text-xs break-words text-quiet">
        {[provider, version && `Postgres ${version.split(" ")[0]}`, user && `as ${user}`, note]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}
