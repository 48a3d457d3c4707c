import { DatabaseZap } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button";

export function GettingStarted({ projectId }: { projectId: string }) {
  return (
    <section
      aria-labelledby="getting-started"
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md border bg-panel p-4"
    >
      <span className="grid size-9 shrink-0 place-items-center rounded-md border bg-raised">
        <DatabaseZap aria-hidden className="size-4 text-accent-text" />
      </span>
      <div className="min-w-0 flex-1 basis-56">
        <h2 id="getting-started" className="font-medium">
          Import data into a new branch
        </h2>
        <p className="text-sm text-quiet">
          Bring a Postgres database into a branch of its own. What is in the other branches stays as it is.
        </p>
      </div>
      <ButtonLink href={`/new?project=${projectId}`} look="primary" className="max-sm:ml-13">
        Import data
      </ButtonLink>
    </section>
  );
}
