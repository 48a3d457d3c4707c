import { CodeBlock } from "@/app/_ui/code-block";
import { Panel } from "@/app/_ui/panel";
import type { Finding } from "@/lib/preflight/finding";
import { remedyScript } from "@/lib/preflight/script";

/** All remedies together, where there is more than one to copy. */
export function ScriptPanel({ findings }: { findings: Finding[] }) {
  const script = remedyScript(findings);
  const remedies = findings.filter(({ sql, severity }) => sql !== null && severity !== "info").length;
  if (script === null || remedies < 2) return null;
  return (
    <Panel title="One script" note={`${remedies} remedies, to be read and then run on the source`}>
      <div className="p-4">
        <CodeBlock text={script} label="Copy the whole script" />
      </div>
    </Panel>
  );
}
