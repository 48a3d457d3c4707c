import { createImport, createImportSchema } from "@/lib/imports/create-import";
import { listImports } from "@/lib/imports/list-imports";
import { doOnce } from "@/lib/requests/idempotency";
import { type OnCategory, respondWithChecks } from "../checks-stream";
import { parseBody, readText, refuseForeignOrigin, respond } from "../respond";

export function GET(request: Request): Promise<Response> {
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  return respond(() => listImports({ before }));
}

export function POST(request: Request): Promise<Response> | Response {
  const create = async (onCategory?: OnCategory) => {
    refuseForeignOrigin(request);
    const text = await readText(request);
    const input = parseBody(text, createImportSchema);
    const repeatable = { key: request.headers.get("idempotency-key"), scope: "", content: `create\n${text}` };
    return doOnce(repeatable, () => createImport({ input, onCategory }));
  };
  return respondWithChecks(request, create, 201);
}
