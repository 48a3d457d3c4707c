import { FerryError } from "@/lib/errors/ferry-error";
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
  const askAt = await target.askAt();
  if (!askAt)
    throw new FerryError("target.cannot", { place: "a project that is not made yet", verb: "asked what it takes" });
  return previewSchema({ source, target: askAt, options });
}
