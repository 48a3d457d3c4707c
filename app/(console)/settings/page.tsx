import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { allowPage } from "@/app/_server/access";
import { Arriving } from "@/app/_ui/arriving";
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
import { SettingsSkeleton } from "./settings-skeleton";
import { TokensPanel } from "./tokens-panel";
import { WebhookPanel } from "./webhook-panel";

export const metadata: Metadata = { title: "Settings" };

interface Props {
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function SettingsPage({ searchParams }: Props) {
  const viewer = await allowPage("settings.read", "/settings");
  const { before } = await searchParams;
  return (
    <>
      <PageHead title="Settings" />
      <Arriving
        content={shown(viewer, typeof before === "string" ? before : undefined)}
        skeleton={<SettingsSkeleton rows={PANELS[viewer.kind === "user" ? "team" : "own"]} />}
      />
    </>
  );
}

/** Rows of each panel until it is read, from top to bottom. */
const PANELS = {
  own: [
    { title: "Appearance", rows: 1 },
    { title: "Neon API key", rows: 1 },
    { title: "Webhook", rows: 1 },
    { title: "Retention", rows: 7 },
    { title: "Audit log", rows: 2 },
  ],
  team: [
    { title: "Your account", rows: 2 },
    { title: "Members", rows: 2 },
    { title: "API tokens", rows: 2 },
  ],
};

async function shown(viewer: Viewer, before: string | undefined): Promise<ReactNode> {
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const now = new Date().toISOString();
  const [account, team, audit] = await Promise.all([
    may(viewer, "neon.read") ? neonAccount({ by: personOf(viewer) }) : undefined,
    viewer.kind === "user" ? teamPanels(viewer, now) : null,
    may(viewer, "audit.read") ? auditPanel(before, now) : null,
  ]);
  return (
    <div className="space-y-4">
      {team}
      <Panel title="Appearance">
        <div className="flex flex-wrap items-center gap-4 p-4">
          <ThemeSwitch theme={theme} />
          <p className="text-sm text-quiet">Kept in this browser.</p>
        </div>
      </Panel>
      {account !== undefined && <NeonPanel account={account} />}
      <WebhookPanel url={env().FERRY_WEBHOOK_URL} />
      <KeptPanel />
      {audit}
    </div>
  );
}

/** What there is only where people sign in. */
async function teamPanels(viewer: Extract<Viewer, { kind: "user" }>, now: string): Promise<ReactNode> {
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

async function auditPanel(before: string | undefined, now: string): Promise<ReactNode> {
  const page = await listDeeds({ before });
  return (
    <div id="audit-log">
      <AuditPanel deeds={page.deeds} isFirst={before === undefined} before={page.before} now={now} />
    </div>
  );
}
