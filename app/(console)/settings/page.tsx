import type { Metadata } from "next";
import { cookies } from "next/headers";
import { allowPage } from "@/app/_server/access";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { readTheme, THEME_COOKIE } from "@/app/_ui/theme";
import { ThemeSwitch } from "@/app/_ui/theme-switch";
import { listTokens } from "@/lib/accounts/api-tokens";
import { listDeeds } from "@/lib/accounts/audit";
import { listInvites } from "@/lib/accounts/invites";
import { may } from "@/lib/accounts/may";
import { listMembers } from "@/lib/accounts/users";
import { personOf, type Viewer } from "@/lib/accounts/viewer";
import { env } from "@/lib/env";
import { neonAccount } from "@/lib/imports/neon/account";
import { AccountPanel } from "./account-panel";
import { AuditPanel } from "./audit-panel";
import { KeptPanel } from "./kept-panel";
import { MembersPanel } from "./members-panel";
import { NeonPanel } from "./neon-panel";
import { TokensPanel } from "./tokens-panel";
import { WebhookPanel } from "./webhook-panel";

export const metadata: Metadata = { title: "Settings" };

interface Props {
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function SettingsPage({ searchParams }: Props) {
  const viewer = await allowPage("settings.read", "/settings");
  const { before } = await searchParams;
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const now = new Date().toISOString();
  return (
    <>
      <PageHead title="Settings" />
      <div className="space-y-4">
        {viewer.kind === "user" && <TeamPanels viewer={viewer} now={now} />}
        <Panel title="Appearance">
          <div className="flex flex-wrap items-center gap-4 p-4">
            <ThemeSwitch theme={theme} />
            <p className="text-sm text-quiet">Kept in this browser.</p>
          </div>
        </Panel>
        {may(viewer, "neon.read") && <NeonPanel account={await neonAccount({ by: personOf(viewer) })} />}
        <WebhookPanel url={env().FERRY_WEBHOOK_URL} />
        <KeptPanel />
        {may(viewer, "audit.read") && <Audit before={typeof before === "string" ? before : undefined} now={now} />}
      </div>
    </>
  );
}

/** What there is only where people sign in. */
async function TeamPanels({ viewer, now }: { viewer: Extract<Viewer, { kind: "user" }>; now: string }) {
  const isOwner = viewer.role === "owner";
  const mayChange = may(viewer, "members.change");
  const [members, invites, tokens] = await Promise.all([
    listMembers(),
    mayChange ? listInvites() : [],
    listTokens(isOwner ? {} : { userId: viewer.id }),
  ]);
  return (
    <>
      <AccountPanel name={viewer.name} email={viewer.email} role={viewer.role} />
      <MembersPanel members={members} invites={invites} mayChange={mayChange} now={now} />
      <TokensPanel tokens={tokens} isOwner={isOwner} now={now} />
    </>
  );
}

async function Audit({ before, now }: { before?: string; now: string }) {
  const page = await listDeeds({ before });
  return (
    <div id="audit-log">
      <AuditPanel deeds={page.deeds} isFirst={before === undefined} before={page.before} now={now} />
    </div>
  );
}
