import { ButtonLink } from "@/app/_ui/button";
import { Notice } from "@/app/_ui/notice";
import { explain } from "@/lib/errors/describe";

export function LinkGone() {
  const { what, remedy } = explain({ code: "invite.invalid", context: {} });
  return (
    <>
      <h1 className="sr-only">Link</h1>
      <Notice tone="warn" title={what} actions={<ButtonLink href="/login">Sign in</ButtonLink>}>
        <p>{remedy}</p>
      </Notice>
    </>
  );
}
