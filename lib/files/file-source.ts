import { FerryError } from "@/lib/errors/ferry-error";
import type { ConnectionSpec } from "@/lib/postgres/connection-spec";
import { nameFromFile } from "./csv-names";
import { findFile, openFileSecrets } from "./file-record";
import { hasFiles } from "./has-files";
import { stagingSpec } from "./staging";

/** A file that is ready, as the source of an import. */
export interface FileSource {
  spec: ConnectionSpec;
  fileName: string;
  /** What a database that is made of it is to be called. */
  database: string;
}

export async function fileSource(id: string): Promise<FileSource> {
  if (!hasFiles()) throw new FerryError("file.not_here");
  const file = await findFile(id);
  if (!file) throw new FerryError("file.missing");
  if (file.state !== "ready") throw new FerryError("file.not_ready");
  const { password } = await openFileSecrets(id);
  return { spec: stagingSpec(id, password), fileName: file.name, database: nameFromFile(file.name) };
}
