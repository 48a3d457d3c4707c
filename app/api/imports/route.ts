import { createImport, createImportSchema } from "@/lib/imports/create-import";
import { listImports } from "@/lib/imports/list-imports";
import { type OnCategory, respondWithChecks } from "../checks-stream";
import { readBody, refuseForeignOrigin, respond } from "../respond";

export function GET(request: Request): Promise<Response> {
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  return respond(() => listImports({ before }));
}

export function POST(request: Request): Promise<Response> | Response {
  const create = async (onCategory?: OnCategory) => {
    refuseForeignOrigin(request);
    return createImport({ input: await readBody(request, createImportSchema), onCategory });
  };
  return respondWithChecks(request, create, 201);
}
