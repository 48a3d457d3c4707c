import { FerryError } from "@/lib/errors/ferry-error";
import type { ImportOptions } from "@/lib/plan/options";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { worstFirst } from "@/lib/preflight/categories";
import type { Finding } from "@/lib/preflight/finding";
import { type CategoryResult, streamChecks } from "@/lib/preflight/run-checks";
import { inspectServer } from "@/lib/source/inspect";
import type { ServerFacts } from "@/lib/source/inventory";
import type { Provider } from "@/lib/source/providers/provider";
import type { Target, TargetFacts } from "@/lib/target/target";
import { addressFindings } from "./address-findings";
import { beginReadings } from "./begin-readings";
import { PROBE_FROM_BYTES } from "./probe-throughput";
import { withAdvice } from "./read-address";
import { type ReaderLimits, SourceReader } from "./source-reader";

export interface CheckedPair {
  server: ServerFacts;
  /** Null where nothing tells whose server it is. */
  provider: Provider | null;
  target: TargetFacts | null;
  /** What the source calls itself; null where its role may not ask. */
  systemIdentifier: string | null;
  /** How many tables there are to look at; null where that could not be read. */
  tables: number | null;
  findings: Finding[];
}

export interface CheckRequest {
  source: ConnectionSpec;
  target: Target | null;
  options: ImportOptions;
  resuming: boolean;
  /** Hears of each category of checks as it is done. */
  onCategory?: (result: CategoryResult) => void;
  /** From what size on the source's throughput is measured; null for never. */
  probeFromBytes?: number | null;
  limits?: ReaderLimits;
}

/**
 * Looks at both ends and lets every check speak. Changes nothing on either. Rejects only where one of them cannot be
 * reached; what cannot be read of it is told by the checks that would have needed it.
 */
export async function checkBoth(request: CheckRequest): Promise<CheckedPair> {
  const { source, target, options, resuming, onCategory, probeFromBytes = PROBE_FROM_BYTES, limits } = request;
  const described = target?.describe() ?? Promise.resolve(null);
  const unreachable = rejectsWhenUnreachable(described);
  const reader = await withAdvice(source, () => SourceReader.open(source, limits));
  try {
    const first = await reader.ask(inspectServer);
    if ("unknown" in first)
      throw new FerryError("statement.failed", { side: "source", subject: "The first look", reason: first.unknown });
    const server = first.value;
    const circumstance = { sourceHost: source.host, resuming, options };
    const coming = beginReadings({ reader, source, server, target, described, circumstance, probeFromBytes });
    // The address itself is no fact of the server's: what it says is told first.
    const around = await coming.surroundings;
    const ofAddress = "value" in around ? addressFindings(source, around.value) : [];
    onCategory?.({ category: "source", checks: 1, findings: ofAddress });
    const found = await Promise.race([streamChecks(coming, circumstance, onCategory), unreachable]);
    const [there, tables, provider] = [await coming.target, await coming.tables, await coming.provider];
    const identifier = await coming.identifier;
    return {
      server,
      target: "value" in there ? there.value : null,
      systemIdentifier: "value" in identifier ? identifier.value : null,
      tables: "value" in tables ? tables.value.length : null,
      provider: "value" in provider ? provider.value : null,
      findings: worstFirst([...found, ...ofAddress]),
    };
  } finally {
    await reader.close();
  }
}

/** Never resolves: without a target to reach there is nothing to check, and its error is the one to tell. */
function rejectsWhenUnreachable(described: Promise<unknown>): Promise<never> {
  const unreachable = new Promise<never>((_, reject) => {
    described.catch((error: unknown) => {
      if (error instanceof FerryError) reject(error);
    });
  });
  unreachable.catch(() => {}); // It may come before anybody waits for it.
  return unreachable;
}
