import { reportJsonSchema } from "@/lib/verify/report/report-schema";
import { respond } from "../respond";

/** The JSON Schema of a report. */
export function GET(): Promise<Response> {
  return respond(async () => reportJsonSchema());
}
