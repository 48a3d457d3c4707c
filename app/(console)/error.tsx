"use client";

export { PageFailed as default } from "../_ui/page-failed";
