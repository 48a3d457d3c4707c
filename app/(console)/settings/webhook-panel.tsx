import { Panel } from "@/app/_ui/panel";

/** Where it is told that an import has ended. Its path may hold a secret, so only the host is shown. */
export function WebhookPanel({ url }: { url: string | undefined }) {
  return (
    <Panel title="Webhook">
      <p className="p-4 text-sm text-quiet">
        {url ? (
          <>
            A signed POST goes to <span className="font-mono text-text">{new URL(url).host}</span> when an import has
            ended, and again until it is taken.
          </>
        ) : (
          <>
            None. Set <Name>FERRY_WEBHOOK_URL</Name> and <Name>FERRY_WEBHOOK_SECRET</Name> to be told, by a signed POST,
            when an import has ended.
          </>
        )}
      </p>
    </Panel>
  );
}

function Name({ children }: { children: string }) {
  return <code className="font-mono text-xs text-text">{children}</code>;
}
