import type { Metadata } from "next";

export { NothingHere as default } from "../_ui/nothing-here";

export const metadata: Metadata = { title: "Not found" };
