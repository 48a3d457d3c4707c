import { ButtonLink } from "@/app/_ui/button";
import { Panel } from "@/app/_ui/panel";
import type { NeonAccountView } from "@/lib/imports/neon/account";

/** Which key of Neon's this viewer's imports go by; it is entered and forgotten on the page of projects. */
export function NeonPanel({ account }: { account: NeonAccountView | null }) {
  return (
    <Panel
      title="Neon API key"
      actions={<ButtonLink href="/projects">{account ? "Projects" : "Enter a key"}</ButtonLink>}
    >
      <p className="p-4 text-sm text-quiet">
        {account?.of === "user" && (
          <>
            Yours, sealed. It ends in <span className="font-mono text-text">{account.lastFour}</span>.
          </>
        )}
        {account?.of === "ferry" && "The one that this Ferry was set up with, until you enter your own."}
        {!account && "None. Imports into Neon need one."}
      </p>
    </Panel>
  );
}
