import { withSession } from "@/lib/postgres/session";
import { neonTakes } from "@/lib/preflight/data/neon-takes";
import type { PolicyTarget } from "@/lib/schema/policy/context";
import { readPolicyTarget } from "@/lib/schema/policy/target-facts";
import type { Target, TargetFacts } from "@/lib/target/target";

interface Asking {
  /** What the session is called. */
  name: string;
  workMs: number;
  /** Where the target has been described already. */
  described?: Promise<TargetFacts | null>;
}

/** What a place is able to take: as it says itself, or, where nobody can be asked yet, as every branch of Neon is. */
export async function takesOf(target: Target, { name, workMs, described }: Asking): Promise<PolicyTarget> {
  const spec = await target.askAt();
  if (!spec) return neonTakes((await described) ?? (await target.describe()));
  return withSession(spec, { side: "target", name, workMs }, async (client) => {
    await client.query(`set statement_timeout = ${workMs}`);
    return readPolicyTarget(client);
  });
}
