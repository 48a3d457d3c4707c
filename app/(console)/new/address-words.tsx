interface AddressWordsProps {
  parts: { word: string; value: string }[];
  /** Whole sentences. */
  notes: string[];
}

/** What is understood of an address, and what Ferry makes of it. */
export function AddressWords({ parts, notes }: AddressWordsProps) {
  return (
    <>
      {parts.length > 0 && (
        <dl className="flex flex-wrap gap-x-4 gap-y-1 text-xs">
          {parts.map(({ word, value }) => (
            <div key={word} className="flex min-w-0 gap-1.5">
              <dt className="text-quiet">{word}</dt>
              <dd className="break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {notes.length > 0 && (
        <ul className="mt-2 max-w-prose space-y-1 text-xs text-quiet">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </>
  );
}
