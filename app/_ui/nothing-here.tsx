import { buttonClasses } from "./button-look";
import { Centred } from "./centred";

export function NothingHere() {
  return (
    <Centred
      title="There is nothing here"
      text="The address is not known, or what was here has been removed. A share link may have expired or been revoked: ask the person who sent it for a new one."
      // No `Link`: this comes with every page before it is needed.
      actions={
        <a href="/" className={buttonClasses("plain")}>
          All imports
        </a>
      }
    />
  );
}
