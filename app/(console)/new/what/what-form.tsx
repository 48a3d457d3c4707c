"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useMemo, useState } from "react";
import type { Outcome } from "@/app/_server/outcome";
import { Button } from "@/app/_ui/button";
import { ExplanationNotice } from "@/app/_ui/explanation-notice";
import { Notice } from "@/app/_ui/notice";
import { Panel } from "@/app/_ui/panel";
import type { SourceTables } from "@/lib/imports/list-source-tables";
import { filterOf, isNamedByTable, type Selection, selectionOf } from "@/lib/plan/selection";
import { BackLink } from "../back-link";
import type { Choices } from "../choices";
import { type StepPlace, stepAddress } from "../steps";
import { ContentFields } from "./content-fields";
import { HowFields } from "./how-fields";
import { OwnerFields } from "./owner-fields";
import { TableTree } from "./table-tree";
import { withKeys } from "./tree-lines";
import { type SaveState, useSavedChoices } from "./use-saved-choices";

interface WhatFormProps {
  id: string;
  place: StepPlace;
  /** As the draft has them. */
  initial: Choices;
  hasLargeObjects: boolean;
  /** What there is on the source, or why it could not be read: then everything else can be chosen still. */
  source: Outcome<SourceTables>;
}

export function WhatForm({ id, place, initial, hasLargeObjects, source }: WhatFormProps) {
  const router = useRouter();
  const { choices, setChoices, state, save } = useSavedChoices(id, initial);
  const [isBusy, setBusy] = useState(false);
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  const tables = source.ok ? source.value : null;
  const schemas = useMemo(() => withKeys(tables?.schemas ?? []), [tables]);
  const selectable = useMemo(
    () =>
      schemas.map((schema) => ({
        name: schema.name,
        tables: schema.tables.map(({ name }) => name),
        isProviders: tables?.providers?.schemas.includes(schema.name) ?? false,
      })),
    [schemas, tables],
  );
  // Nothing chosen cannot be said in options: it stays in the page until something is.
  const [selection, setSelection] = useState<Selection | null>(null);
  const fromOptions = useMemo(() => selectionOf(selectable, choices), [selectable, choices]);
  const chosen = selection ?? fromOptions;
  const isNothing = tables !== null && selectable.length > 0 && chosen.schemas.size === 0;
  const byTable = selectable.filter((schema) => isNamedByTable(schema, chosen)).map(({ name }) => name);

  const change = (changed: Partial<Choices>) => setChoices({ ...choices, ...changed });

  function choose(next: Selection): void {
    const isSomething = next.schemas.size > 0;
    setSelection(isSomething ? null : next);
    if (isSomething) change(filterOf(selectable, next));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy || isNothing) return;
    setBusy(true);
    const isSaved = await save();
    setBusy(false);
    if (isSaved) router.push(stepAddress("where", place));
  }

  return (
    <form onSubmit={submit} className="space-y-4" aria-busy={isBusy}>
      {tables ? (
        <TableTree
          schemas={schemas}
          providers={tables.providers}
          selection={chosen}
          hasDataColumn={choices.content !== "schema"}
          onChange={choose}
        />
      ) : (
        !source.ok && (
          <ExplanationNotice
            error={source.error}
            actions={<Button onClick={() => router.refresh()}>Read the tables again</Button>}
          />
        )
      )}
      {isNothing && <Notice tone="warn" title="Nothing is chosen: choose at least one schema or table." />}
      {chosen.leftOut.size > 0 && !isNothing && (
        <p className="max-w-prose text-sm text-quiet">
          What cannot be without a table that stays behind stays behind too: foreign keys to it, views that read it, the
          sequences of its columns. The last step names each with its reason.
        </p>
      )}
      {byTable.length > 0 && (
        <p className="max-w-prose text-sm text-quiet">
          So few tables of {byTable.join(", ")} come that only these and what they need are taken from there: its views
          and functions stay behind.
        </p>
      )}
      <Panel title="How">
        <div className="space-y-6 p-4">
          <ContentFields choices={choices} hasLargeObjects={hasLargeObjects} onChange={change} />
          {choices.content !== "data" && (
            <OwnerFields
              owners={choices.owners}
              roles={tables?.roles ?? []}
              onChange={(owners) => change({ owners })}
            />
          )}
          <HowFields choices={choices} onChange={change} />
        </div>
      </Panel>
      {typeof state === "object" && (
        <ExplanationNotice error={state.error} actions={<Button onClick={() => void save()}>Save again</Button>} />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" isBusy={isBusy} disabled={!isReady || isNothing}>
          Continue
        </Button>
        <p role="status" className="text-sm text-quiet">
          {stateWords(state)}
        </p>
        <BackLink href={stepAddress("checks", place)} />
      </div>
    </form>
  );
}

function stateWords(state: SaveState): string {
  if (typeof state === "object") return "Not saved";
  return state === "saving" ? "Saving…" : "Saved";
}
