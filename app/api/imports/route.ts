import { createImport, createImportSchema } from "@/lib/imports/create-import";
import { listImports } from "@/lib/imports/list-imports";
import { readBody, refuseForeignOrigin, respond } from "../respond";

export function GET(request: Request): Promise<Response> {
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  return respond(() => listImports({ before }));
}

export function POST(request: Request): Promise<Response> {
  return respond(async () => {
    refuseForeignOrigin(request);
    return createImport({ input: await readBody(request, createImportSchema) });
  }, 201);
}
