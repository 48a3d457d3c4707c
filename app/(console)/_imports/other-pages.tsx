import { ButtonLink } from "@/app/_ui/button";

/** The way to older imports, and back; nothing where all are on one page. */
export function OtherPages({ isFirst, before }: { isFirst: boolean; before: string | null }) {
  if (isFirst && before === null) return null;
  return (
    <nav aria-label="Pages of imports" className="mt-4 flex justify-between gap-2">
      {isFirst ? <span /> : <ButtonLink href="/">Newest</ButtonLink>}
      {before && <ButtonLink href={`/?before=${before}`}>Older</ButtonLink>}
    </nav>
  );
}
