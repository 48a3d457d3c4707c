import * as z from "zod";
import { DELIMITERS } from "./csv-shape";

/** What somebody says of a CSV file; what is not said is recognised. */
export const fileOptionsSchema = z.object({
  delimiter: z.enum(DELIMITERS).optional(),
  hasHeader: z.boolean().optional(),
  encoding: z.enum(["UTF8", "LATIN1", "WIN1252"]).optional(),
});
export type FileOptions = z.infer<typeof fileOptionsSchema>;
