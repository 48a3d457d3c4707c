import { Circle } from "lucide-react";
import { Spinner } from "@/app/_ui/button";
import { CategoryMark, resultSummary } from "@/app/_ui/finding-list";
import { type Category, categories, categoryTitles } from "@/lib/preflight/categories";
import type { CategoryResult } from "@/lib/preflight/run-checks";

/** The checks while they run: each category with what it has found, as soon as it is done. */
export function CheckProgress({ results }: { results: readonly CategoryResult[] }) {
  const byCategory = new Map(results.map((result) => [result.category, result]));
  return (
    <ul aria-label="Checks under way" aria-live="polite" className="divide-y">
      {categories.map((category) => (
        <Line
          key={category}
          category={category}
          result={byCategory.get(category) ?? null}
          hasBegun={results.length > 0}
        />
      ))}
    </ul>
  );
}

interface LineProps {
  category: Category;
  result: CategoryResult | null;
  /** Something has come already, so that the others are on their way. */
  hasBegun: boolean;
}

function Line({ category, result, hasBegun }: LineProps) {
  return (
    <li className="flex min-h-10 items-center gap-2 px-4 py-2 text-sm">
      {result ? (
        <CategoryMark findings={result.findings} />
      ) : hasBegun ? (
        <Spinner />
      ) : (
        <Circle aria-hidden className="size-3.5 text-quiet" />
      )}
      <span className={result ? "" : "text-quiet"}>{categoryTitles[category]}</span>
      {result && <span className="ml-auto text-right text-quiet">{resultSummary(result)}</span>}
    </li>
  );
}
