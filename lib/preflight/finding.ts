export type Severity = "block" | "warn" | "info";

/** What a check has to say. `sql` is a remedy that can be copied and run. */
export interface Finding {
  code: string;
  severity: Severity;
  subject: string | null;
  message: string;
  remedy: string | null;
  sql: string | null;
}
