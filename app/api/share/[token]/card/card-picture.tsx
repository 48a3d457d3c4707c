import type { ReactElement } from "react";
import { formatBytes, formatNoun, formatPercent } from "@/app/_ui/format";
import { Mark } from "@/app/_ui/mark";
import { statusWord } from "@/app/_ui/status-word";
import type { ImportStatus } from "@/lib/imports/status";
import type { ImportView } from "@/lib/imports/view";
import { cardText } from "./card-text";

/** What chats expect. */
export const CARD = { width: 1200, height: 630 };

const colours = { page: "#0c0d0d", line: "#242628", text: "#f0f2f3", quiet: "#94979e" };
const tones: Partial<Record<ImportStatus, string>> = {
  queued: "#5b9bff",
  running: "#00e599",
  paused: "#5b9bff",
  succeeded: "#00e599",
  differences: "#ff6369",
  failed: "#ff6369",
};

/** Name, state and how far; nothing of where from and where to. Drawn by satori, which knows flex boxes and no classes. */
export function cardPicture({ name, status, progress, tables }: ImportView): ReactElement {
  const tone = tones[status] ?? colours.quiet;
  const row = { display: "flex", alignItems: "center" } as const;
  return (
    <div
      style={{
        ...{ display: "flex", flexDirection: "column", justifyContent: "space-between", width: "100%", height: "100%" },
        ...{ padding: 72, background: colours.page, color: colours.text },
      }}
    >
      <div style={{ ...row, gap: 20, fontSize: 34 }}>
        <Mark size={56} />
        Ferry
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 12 }}>
        <div style={{ display: "flex", fontSize: 84, letterSpacing: -2 }}>{cardText(name)}</div>
        <div style={{ ...row, gap: 18, fontSize: 40, color: tone }}>
          <div style={{ display: "flex", width: 22, height: 22, borderRadius: 11, background: tone }} />
          {statusWord(status)}
        </div>
      </div>
      <div style={{ display: "flex", flexDirection: "column", gap: 24 }}>
        <div style={{ display: "flex", height: 16, borderRadius: 8, background: colours.line }}>
          <div style={{ display: "flex", width: `${progress.fraction * 100}%`, borderRadius: 8, background: tone }} />
        </div>
        <div style={{ display: "flex", justifyContent: "space-between", fontSize: 34, color: colours.quiet }}>
          <div style={{ display: "flex", color: colours.text }}>{formatPercent(progress.fraction)}</div>
          {tables.length > 0 && (
            <div style={{ display: "flex" }}>
              {`${formatNoun(tables.length, "table")} · ${formatBytes(progress.bytesDone)}`}
            </div>
          )}
        </div>
      </div>
    </div>
  );
}
