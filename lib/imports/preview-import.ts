import type { ImportOptions } from "@/lib/plan/options";
import { openCredential } from "./credentials";
import { loadImport } from "./record";
import { previewSchema, type SchemaPreview } from "./run/preview-schema";
import { targetOf } from "./run/targets";

/** What an import would leave out or alter, before anything is changed; `options` tries out other choices. */
export async function previewImport(request: { id: string; options?: Partial<ImportOptions> }): Promise<SchemaPreview> {
  const { id } = request;
  const record = await loadImport(id);
  const options = { ...record.options, ...request.options };
  const [source, target] = await Promise.all([openCredential(id, "source"), targetOf(record)]);
  return previewSchema({ source, target, options });
}
