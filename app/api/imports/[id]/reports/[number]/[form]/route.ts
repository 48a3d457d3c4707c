import { allowRequest } from "@/app/_server/access";
import { getReport } from "@/lib/imports/get-report";
import { reportMarkdown } from "@/lib/verify/report/markdown";
import { download, readForm, readNumber } from "../../../../../report-request";
import { respondError } from "../../../../../respond";

interface Context {
  params: Promise<{ id: string; number: string; form: string }>;
}

/** The report as a file: `json`, `markdown`, or the signed `statement` alone. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  try {
    await allowRequest(request, "imports.read");
    const { id, number: text, form: word } = await params;
    const number = readNumber(text);
    const form = readForm(word);
    const { report, statement } = await getReport({ id, number });
    const name = `ferry-${id}-${number === 0 ? "report" : `verification-${number}`}`;
    switch (form) {
      case "json":
        return download(`${name}.json`, "application/json", `${JSON.stringify({ ...report, statement }, null, 2)}\n`);
      case "markdown":
        return download(`${name}.md`, "text/markdown", reportMarkdown(report, statement));
      case "statement":
        return download(`${name}-statement.txt`, "text/plain", statement);
    }
  } catch (error) {
    return respondError(error);
  }
}
