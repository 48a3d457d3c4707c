import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonClasses, type Look, Spinner } from "./button-look";

export { buttonClasses, markButtonClasses, Spinner } from "./button-look";

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  /** While true the button does nothing and says why by its label. */
  isBusy?: boolean;
}

export function Button({ look = "plain", isBusy = false, className, onClick, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      // Not `disabled`: a busy button keeps the focus that a keyboard gave it.
      aria-disabled={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
      className={buttonClasses(look, className)}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}

interface ButtonLinkProps extends ComponentProps<typeof Link> {
  look?: Look;
  children: ReactNode;
}

export function ButtonLink({ look = "plain", className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={buttonClasses(look, className)} />;
}
