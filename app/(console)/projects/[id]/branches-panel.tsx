import { GitBranch } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Ago } from "@/app/_ui/ago";
import { formatBytes, formatNoun } from "@/app/_ui/format";
import { Panel } from "@/app/_ui/panel";
import type { NeonBranchView } from "@/lib/imports/neon/branches";
import { BranchActions } from "./branch-actions";

interface BranchesPanelProps {
  projectId: string;
  branches: readonly NeonBranchView[];
  now: string;
}

export function BranchesPanel({ projectId, branches, now }: BranchesPanelProps) {
  return (
    <Panel title="Branches" note={formatNoun(branches.length, "branch", "branches")}>
      <ul aria-label="Branches" className="divide-y">
        {branches.map((branch) => (
          <li key={branch.id} className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-3 hover:bg-raised/60">
            <div className="min-w-0 flex-1 basis-64">
              <p className="flex flex-wrap items-center gap-2">
                <GitBranch aria-hidden className="size-3.5 shrink-0 text-quiet" />
                <span className="font-medium break-all">{branch.name}</span>
                {branch.isDefault && <Tag>Default</Tag>}
                {branch.isProtected && <Tag>Protected</Tag>}
                {branch.state !== "ready" && <Tag>{branch.state}</Tag>}
              </p>
              <p className="mt-0.5 flex flex-wrap gap-x-1 pl-5.5 text-xs text-quiet">
                <Facts branch={branch} now={now} />
              </p>
            </div>
            <BranchActions projectId={projectId} branch={branch} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Facts({ branch, now }: { branch: NeonBranchView; now: string }) {
  const { sizeBytes, createdAt, expiresAt, importId, isDefault, keptBecause } = branch;
  return (
    <>
      <span>{sizeBytes === null ? "size not known yet" : formatBytes(sizeBytes)}</span>
      <span>
        · made <Ago at={createdAt} now={now} />
      </span>
      {expiresAt && (
        <span>
          · deletes itself at <time dateTime={expiresAt}>{`${expiresAt.slice(0, 16).replace("T", " ")} UTC`}</time>
        </span>
      )}
      {/* Of the default one it stands beside its name. */}
      {keptBecause && !isDefault && <span>· cannot be deleted: {keptBecause}</span>}
      {importId && (
        <span>
          ·{" "}
          <Link href={`/imports/${importId}`} className="underline hover:text-text">
            its import
          </Link>
        </span>
      )}
    </>
  );
}

function Tag({ children }: { children: ReactNode }) {
  return <span className="rounded-full border border-line-strong bg-raised px-2 text-xs leading-5">{children}</span>;
}
