import { groupNotes, type ObjectNote } from "@/lib/plan/left-out";
import { DisclosureMark } from "./disclosure-mark";
import { formatCount } from "./format";

/** Ten thousand tables left behind take their indexes and keys with them: nobody reads each of their names. */
const NAMED = 500;

/** Objects under the reason that they share; opened, each by its name. */
export function ObjectNotes({ notes }: { notes: readonly ObjectNote[] }) {
  return (
    <ul className="divide-y divide-line/60">
      {groupNotes(notes).map(({ reason, objects }) => (
        <li key={reason} className="px-4 py-2 text-sm">
          {objects.length === 1 ? (
            <p className="grid gap-x-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
              <span className="break-words">{objects[0]}</span>
              <span className="break-words text-quiet">{reason}</span>
            </p>
          ) : (
            <details className="group">
              <summary className="flex gap-1.5">
                <DisclosureMark />
                <span className="min-w-0 break-words">
                  {formatCount(objects.length)} objects: <span className="text-quiet">{reason}</span>
                </span>
              </summary>
              <ul className="mt-2 max-h-60 space-y-1 overflow-y-auto pl-5.5 text-quiet">
                {objects.slice(0, NAMED).map((object, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and the list never changes.
                  <li key={place} className="break-words">
                    {object}
                  </li>
                ))}
                {objects.length > NAMED && <li>and {formatCount(objects.length - NAMED)} more</li>}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
