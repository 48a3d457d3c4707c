import { ButtonLink } from "./button";
import { Centred } from "./centred";

export function NothingHere() {
  return (
    <Centred
      title="There is nothing here"
      text="The address is not known, or what was here has been removed. A share link may have expired or been revoked: ask the person who sent it for a new one."
      actions={<ButtonLink href="/">All imports</ButtonLink>}
    />
  );
}
