import { allowRequest, limitUser, note } from "@/app/_server/access";
import { viewerId } from "@/lib/accounts/viewer";
import { createImport, createImportSchema } from "@/lib/imports/create-import";
import { listImports } from "@/lib/imports/list-imports";
import { doOnce } from "@/lib/requests/idempotency";
import { type OnCategory, respondWithChecks } from "../checks-stream";
import { parseBody, readText, refuseForeignOrigin, respond } from "../respond";

export function GET(request: Request): Promise<Response> {
  const before = new URL(request.url).searchParams.get("before") ?? undefined;
  return respond(async () => {
    await allowRequest(request, "imports.read");
    return listImports({ before });
  });
}

export function POST(request: Request): Promise<Response> | Response {
  const create = async (onCategory?: OnCategory) => {
    refuseForeignOrigin(request);
    const viewer = await allowRequest(request, "imports.create");
    await limitUser(viewer, "connect");
    const by = viewerId(viewer);
    const text = await readText(request);
    const input = parseBody(text, createImportSchema);
    const repeatable = { key: request.headers.get("idempotency-key"), scope: by ?? "", content: `create\n${text}` };
    return doOnce(repeatable, async () => {
      const created = await createImport({ input, by, onCategory });
      await note({ viewer, deed: "import.created", subject: created.id });
      return created;
    });
  };
  return respondWithChecks(request, create, 201);
}
