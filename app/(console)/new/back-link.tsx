import { ButtonLink } from "@/app/_ui/button";

/** The last thing in the row of a step's buttons, apart from those that lead on. */
export const BackLink = ({ href }: { href: string }) => (
  <ButtonLink href={href} className="ml-auto">
    Back
  </ButtonLink>
);
