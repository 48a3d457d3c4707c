import { CircleCheck } from "lucide-react";
import { attempt } from "@/app/_server/outcome";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { formatNoun } from "@/app/_ui/format";
import { Notice } from "@/app/_ui/notice";
import { ObjectNotes } from "@/app/_ui/object-notes";
import { Panel } from "@/app/_ui/panel";
import { Bar, BarRows, Skeleton, widthAt } from "@/app/_ui/skeleton";
import { previewImport } from "@/lib/imports/preview-import";
import type { ImportOptions } from "@/lib/plan/options";

/** What will be left out and why, read from the source itself before anything is done. */
export async function ObjectsPanel({ id, content }: { id: string; content: ImportOptions["content"] }) {
  const preview = await attempt(() => previewImport({ id }));
  if (!preview.ok) return <ExplanationNotice error={preview.error} />;
  const { objects, isAsked, blocked, leftOut, altered } = preview.value;
  const arrive = objects - blocked.length - leftOut.length;
  return (
    <>
      {blocked.length > 0 && (
        <Notice tone="bad" title="These objects cannot be carried, and what needs them would be lost without them:">
          <ObjectNotes notes={blocked} />
          <p>
            The import would stop before it creates anything. Leave out what needs them, or change it on the source.
          </p>
        </Notice>
      )}
      <Panel
        title="Objects"
        note={
          content === "data"
            ? `${formatNoun(arrive, "table")} will be filled`
            : `${formatNoun(arrive, "object", "objects")} will be created`
        }
      >
        {!isAsked && (
          <p className="border-b p-4 text-sm text-quiet">
            The project is not made yet: this goes by what Ferry knows of Neon, and is looked at again when it is there.
          </p>
        )}
        {leftOut.length + altered.length === 0 ? (
          <p className="flex items-center gap-2 p-4">
            <CircleCheck aria-hidden className="size-4 text-accent-text" />
            {content === "data" ? "The target has a table for each." : "Everything comes along as it is."}
          </p>
        ) : (
          <div className="divide-y">
            {leftOut.length > 0 && (
              <section>
                <h3 className="px-4 pt-3 text-sm font-medium">Left out ({leftOut.length})</h3>
                <ObjectNotes notes={leftOut} />
              </section>
            )}
            {altered.length > 0 && (
              <section>
                <h3 className="px-4 pt-3 text-sm font-medium">
                  Altered, or only where the target allows it ({altered.length})
                </h3>
                <ObjectNotes notes={altered} />
              </section>
            )}
          </div>
        )}
      </Panel>
    </>
  );
}

export function ObjectsPanelBusy() {
  return (
    <Skeleton word="Reading the schema with pg_dump to see what will be left out…">
      <Panel title="Objects" note={<span className="motion-safe:animate-pulse">reading the schema with pg_dump</span>}>
        <BarRows count={2} className="flex min-h-13 items-center gap-3 px-4">
          {(place) => (
            <>
              <Bar shape="dot" className="size-4 shrink-0" />
              <Bar className={`max-w-md ${widthAt(place)}`} />
            </>
          )}
        </BarRows>
      </Panel>
    </Skeleton>
  );
}
