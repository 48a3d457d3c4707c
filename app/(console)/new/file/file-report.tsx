import { formatCount, formatNoun } from "@/app/_ui/format";
import type { FileReport } from "@/lib/files/file-record";
import type { CsvReport } from "@/lib/files/load-csv";
import type { ScriptReport } from "@/lib/files/load-script";

/** What became of a file, before anything of it is imported. */
export const FileReportPanel = ({ report }: { report: FileReport }) =>
  report.kind === "csv" ? <Table report={report} /> : <Script report={report} />;

const encodings = { UTF8: "UTF-8", LATIN1: "Latin-1", WIN1252: "Windows-1252" } as const;

function Table({ report: { table, rows, columns, encoding } }: { report: CsvReport }) {
  return (
    <div className="rounded-md border">
      <p className="border-b px-4 py-3 text-sm">
        A table <span className="font-mono">{table}</span> with {formatNoun(rows, "row")}, read as {encodings[encoding]}
        . Each column has the type that holds all of its values as they are.
      </p>
      <div className="overflow-x-auto">
        <table className="w-full text-left text-sm">
          <thead className="text-quiet">
            <tr>
              <th scope="col" className="px-4 py-2 font-medium">
                Column
              </th>
              <th scope="col" className="px-4 py-2 font-medium">
                Type
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, type }) => (
              <tr key={name} className="border-t">
                <td className="px-4 py-1.5 break-all">{name}</td>
                <td className="px-4 py-1.5 font-mono">{type}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Script({ report: { statements, rows, leftOut, leftOutCount } }: { report: ScriptReport }) {
  return (
    <div className="rounded-md border text-sm">
      <p className="px-4 py-3">
        {formatNoun(statements, "statement")} with {formatNoun(rows, "row")} have been read, to the end of the file.
      </p>
      {leftOutCount > 0 && (
        <details className="border-t">
          <summary className="cursor-pointer px-4 py-3">
            {formatNoun(leftOutCount, "statement")} left out: roles of another server, or what only a superuser may do
          </summary>
          <ul className="max-h-80 overflow-auto border-t">
            {leftOut.map(({ line, what, why }) => (
              <li key={`${line} ${what}`} className="px-4 py-2">
                <span className="text-quiet tabular-nums">Line {formatCount(line)}</span>{" "}
                <span className="font-mono break-words">{what}</span>
                <span className="block text-quiet">{why}</span>
              </li>
            ))}
            {leftOutCount > leftOut.length && (
              <li className="px-4 py-2 text-quiet">And {formatCount(leftOutCount - leftOut.length)} more.</li>
            )}
          </ul>
        </details>
      )}
    </div>
  );
}
