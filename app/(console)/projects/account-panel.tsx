import { Panel } from "@/app/_ui/panel";
import type { NeonAccountView } from "@/lib/imports/neon/account";
import { ForgetKeyButton } from "./forget-key-button";
import { KeyForm } from "./key-form";

interface AccountPanelProps {
  account: NeonAccountView | null;
  /** Whether Ferry brings projects of its own, for who has no account. */
  isHere: boolean;
}

/** Whose projects these are, and how to have those of another account. */
export function AccountPanel({ account, isHere }: AccountPanelProps) {
  if (account?.of === "user") {
    return (
      <Panel title="Neon account" actions={<ForgetKeyButton />}>
        <p className="p-4 text-sm text-quiet">
          Ferry uses the API key that ends in <span className="font-mono text-text">{account.lastFour}</span>.
          Forgotten, it is deleted here; in the Neon console it stays until you revoke it.
        </p>
      </Panel>
    );
  }
  if (account && !isHere) return null;
  return (
    <Panel title={account ? "Use your Neon account" : "Neon API key"}>
      <div className="space-y-3 p-4">
        {!account && (
          <p className="text-sm">
            With the API key of a Neon account its projects are listed here, and an import can make a branch of one or a
            project of its own.
          </p>
        )}
        {account && (
          <p className="text-sm">
            The projects on this page are on this machine: each branch is a Postgres server of its own, behind the same
            API. With a key they give way to those of your account.
          </p>
        )}
        <KeyForm />
      </div>
    </Panel>
  );
}
